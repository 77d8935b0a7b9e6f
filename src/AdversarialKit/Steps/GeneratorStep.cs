namespace AdversarialKit;

/// <summary>
/// The compiled step on the combined model: it sees both networks and may move the generator alone.
/// </summary>
internal sealed class GeneratorStep(GanParts parts, CombinedModel combined)
{
    private readonly Network _generator = parts.Generator;

    /// <summary>Makes one step.</summary>
    /// <returns>What was measured, still on the device: see <see cref="Read"/>.</returns>
    public Tensor Run(Batch batch)
    {
        using var scope = NewDisposeScope();
        using var recording = _generator.RecordTrainable();
        using var generatorMode = _generator.InMode(training: true);
        using var discriminatorMode = parts.Discriminator.InMode(training: true);

        var latents = parts.Latents.Draw(batch.Real.shape[0], parts.Random);
        var fakeLogits = combined.Forward(latents, batch.Condition);
        var realLogits = parts.Objective.IsRelativistic ? JudgeReal(batch) : null;
        var loss = parts.Objective.Generator(realLogits, fakeLogits);

        _generator.ClearGradients();
        loss.backward();
        parts.GeneratorOptimizer.step();
        return Scalars.Stack(loss).MoveToOuterDisposeScope();
    }

    public static GeneratorResult Read(ReadOnlySpan<double> measured) => new() { Loss = measured[0] };

    private Tensor JudgeReal(Batch batch)
    {
        using var noGraph = no_grad();
        return combined.Judge(batch.Real, batch.Condition).Output;
    }
}
