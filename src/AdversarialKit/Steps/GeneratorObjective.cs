namespace AdversarialKit;

/// <summary>What a GAN's generator step minimises, on the combined model: the discriminator's opinion of its samples, and the auxiliary task.</summary>
internal sealed class GeneratorObjective(GanParts parts, CombinedModel combined, FakeSource fakes)
{
    public const string Auxiliary = "auxiliary loss";

    /// <summary>Takes the fakes of the discriminator step where both share them; else draws latents for the whole batch.</summary>
    public void Prepare(StepContext context)
    {
        if (fakes.TakeShared() is { } shared)
        {
            context.Set(GanTensors.Latents, shared.Latents);
            context.Set(GanTensors.Fakes, shared.Images);
        }
        else
        {
            context.Set(GanTensors.Latents, parts.Latents.Draw(context.Count, parts.Random));
        }
    }

    /// <summary>The objective.</summary>
    public void Minimize(StepContext context)
    {
        var (latents, condition) = (context[GanTensors.Latents], context.Find(GanTensors.Condition));
        var onFake = context.Find(GanTensors.Fakes) is { } shared
            ? combined.Judge(Augment(shared, context), condition)
            : combined.ForwardThrough(latents, condition, images => Augment(images, context));
        var realLogits = parts.Objective.IsRelativistic ? JudgeReal(context) : null;
        context.AddToTotal(parts.Objective.Generator(realLogits, onFake.Output));
        var auxiliary = parts.Auxiliary?.Generator(onFake.Auxiliary!, new StepSlice(condition, latents));
        if (auxiliary is not null)
        {
            context.AddToTotal(auxiliary);
        }

        context.Measure(Auxiliary, auxiliary ?? Scalars.Zero);
    }

    public static GeneratorResult Read(StepNumbers numbers) => new()
    {
        Loss = numbers.Loss,
        AuxiliaryLoss = numbers[Auxiliary],
        GradientNorm = numbers.GradientNorm,
    };

    private Tensor JudgeReal(StepContext context)
    {
        using var noGraph = no_grad();
        return combined.Judge(Augment(context[GanTensors.Real], context), context.Find(GanTensors.Condition)).Output;
    }

    private Tensor Augment(Tensor images, StepContext context) => parts.Augmentation?.Augment(images, context.Augmentation) ?? images;
}
