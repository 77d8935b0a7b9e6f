namespace AdversarialKit;

/// <summary>Makes the fakes of a GAN's discriminator step, and hands them on where the generator step learns from them too.</summary>
internal sealed class FakeSource(GanParts parts)
{
    private readonly Network _generator = parts.Generator;
    private MadeFakes? _shared;

    /// <summary>Draws latents and makes fakes for one discriminator step.</summary>
    /// <param name="context">The step's context, for the whole batch.</param>
    public void Prepare(StepContext context)
    {
        var made = parts.Fakes == FakeMode.Shared && context.PrecedesNextStep ? MakeForBothSteps(context) : Make(context);
        context.Set(GanTensors.Latents, made.Latents);
        context.Set(GanTensors.Fakes, parts.History?.Exchange(made.Images, parts.Random) ?? made.Images.detach());
        if (made.Condition is { } condition)
        {
            context.Set(GanTensors.FakeCondition, condition);
        }
    }

    /// <summary>The condition of so many fakes: drawn, or that of the real batch.</summary>
    public Tensor? ConditionOf(StepContext context) => parts.FakeLabels is { } labels
        ? labels.Draw(context.Count, parts.BatchCheck.Classes!.Value, parts.Random, _generator.Device)
        : context.Find(GanTensors.Condition);

    /// <summary>The fakes that the last discriminator step left for the generator step; null where there are none. They are handed out once.</summary>
    public MadeFakes? TakeShared()
    {
        var shared = _shared;
        _shared = null;
        return shared;
    }

    private MadeFakes Make(StepContext context)
    {
        using var noGraph = no_grad();
        return Draw(context);
    }

    // With a graph to the generator. In between nothing of the generator moves, so the graph holds.
    private MadeFakes MakeForBothSteps(StepContext context)
    {
        using var recording = _generator.RecordTrainable();
        var made = Draw(context);
        _shared = new MadeFakes(
            made.Latents.MoveToOuterDisposeScope(),
            made.Images.MoveToOuterDisposeScope(),
            parts.FakeLabels is null ? made.Condition : made.Condition?.MoveToOuterDisposeScope());
        return made;
    }

    private MadeFakes Draw(StepContext context)
    {
        using var scope = NewDisposeScope();
        var latents = parts.Latents.Draw(context.Count, parts.Random);
        var condition = ConditionOf(context);
        var images = _generator.Forward(latents, condition).Output;
        return new MadeFakes(
            latents.MoveToOuterDisposeScope(),
            images.MoveToOuterDisposeScope(),
            parts.FakeLabels is null ? condition : condition?.MoveToOuterDisposeScope());
    }
}
