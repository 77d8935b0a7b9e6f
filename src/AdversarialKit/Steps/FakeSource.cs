namespace AdversarialKit;

/// <summary>Makes the fakes of a discriminator step.</summary>
internal sealed class FakeSource(GanParts parts)
{
    private readonly Network _generator = parts.Generator;

    /// <summary>Fakes for one discriminator step.</summary>
    public MadeFakes Make(Batch batch)
    {
        using var noGraph = no_grad();
        using var mode = _generator.InMode(parts.Fakes != FakeMode.Inference);
        return Draw(batch);
    }

    /// <summary>
    /// Fakes with a graph to the generator, for a discriminator step and the generator step after it. In between nothing of
    /// the generator moves, so the graph holds.
    /// </summary>
    public MadeFakes MakeForBothSteps(Batch batch)
    {
        using var recording = _generator.RecordTrainable();
        using var mode = _generator.InMode(training: true);
        return Draw(batch);
    }

    private MadeFakes Draw(Batch batch)
    {
        _generator.ThrowIfGone();
        using var scope = NewDisposeScope();
        var latents = parts.Latents.Draw(batch.Real.shape[0], parts.Random);
        var images = _generator.Forward(latents, batch.Condition).Output;
        return new MadeFakes(latents.MoveToOuterDisposeScope(), images.MoveToOuterDisposeScope());
    }
}
