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
        context.Set(GanTensors.Fakes, made.Images.detach());
    }

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
        _shared = new MadeFakes(made.Latents.MoveToOuterDisposeScope(), made.Images.MoveToOuterDisposeScope());
        return made;
    }

    private MadeFakes Draw(StepContext context)
    {
        using var scope = NewDisposeScope();
        var latents = parts.Latents.Draw(context.Count, parts.Random);
        var images = _generator.Forward(latents, context.Find(GanTensors.Condition)).Output;
        return new MadeFakes(latents.MoveToOuterDisposeScope(), images.MoveToOuterDisposeScope());
    }
}
