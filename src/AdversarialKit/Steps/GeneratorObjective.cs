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
            SetCondition(context, shared.Condition);
        }
        else
        {
            context.Set(GanTensors.Latents, parts.Latents.Draw(context.Count, parts.Random));
            SetCondition(context, fakes.ConditionOf(context));
        }
    }

    private static void SetCondition(StepContext context, Tensor? condition)
    {
        if (condition is not null)
        {
            context.Set(GanTensors.FakeCondition, condition);
        }
    }

    /// <summary>The objective.</summary>
    public void Minimize(StepContext context)
    {
        var (latents, condition) = (context[GanTensors.Latents], context.Find(GanTensors.FakeCondition));
        var made = context.Find(GanTensors.Fakes);
        var onFake = made is not null
            ? combined.Judge(Augment(made, context), condition)
            : combined.ForwardThrough(latents, condition, images => Augment(made = images, context));
        var realLogits = parts.Objective.IsRelativistic ? JudgeReal(context) : null;
        context.AddToTotal(parts.Objective.Generator(realLogits, onFake.Output, condition));
        var auxiliary = parts.Auxiliary?.Generator(onFake.Auxiliary!, new StepSlice(context.Find(GanTensors.Condition), condition, latents));
        if (auxiliary is not null)
        {
            context.AddToTotal(auxiliary);
        }

        context.Measure(Auxiliary, auxiliary ?? Scalars.Zero);
        if (parts.GeneratorTerms.Count > 0)
        {
            AddTerms(context, TermContext(context, made!, onFake.Output));
        }
    }

    /// <summary>Minimises what the caller says in place of the GAN's own loss.</summary>
    public Action<StepContext> MinimizeInstead(Func<GeneratorTermContext, Tensor> objective) => context =>
    {
        var (latents, condition) = (context[GanTensors.Latents], context.Find(GanTensors.FakeCondition));
        var made = context.Find(GanTensors.Fakes);
        var onFake = made is not null
            ? combined.Judge(Augment(made, context), condition)
            : combined.ForwardThrough(latents, condition, images => Augment(made = images, context));
        context.AddToTotal(context.RequireScalar("objective", objective(TermContext(context, made!, onFake.Output))));
        context.Measure(Auxiliary, Scalars.Zero);
    };

    public static GeneratorResult Read(StepNumbers numbers) => new()
    {
        Loss = numbers.Loss,
        AuxiliaryLoss = numbers[Auxiliary],
        Terms = numbers.Without(Auxiliary),
        GradientNorm = numbers.GradientNorm,
    };

    private void AddTerms(StepContext context, GeneratorTermContext termContext)
    {
        foreach (var use in parts.GeneratorTerms)
        {
            context.AddEvery(use.Interval, use.Name, () => use.Term.Compute(termContext), use.Weight);
        }
    }

    private GeneratorTermContext TermContext(StepContext context, Tensor fakes, Tensor logits) => TermContexts.Of(
        parts.Generator,
        combined,
        parts.Discriminator,
        parts.Latents,
        parts.Random,
        context.Find(GanTensors.FakeCondition),
        context.Find(GanTensors.Condition),
        context[GanTensors.Latents],
        context[GanTensors.Real],
        fakes,
        logits);

    private Tensor JudgeReal(StepContext context)
    {
        using var noGraph = no_grad();
        return combined.Judge(Augment(context[GanTensors.Real], context), context.Find(GanTensors.Condition)).Output;
    }

    private Tensor Augment(Tensor images, StepContext context) => parts.Augmentation?.Augment(images, context.Augmentation) ?? images;
}
