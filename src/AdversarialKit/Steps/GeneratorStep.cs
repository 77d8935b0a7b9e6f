namespace AdversarialKit;

/// <summary>
/// The compiled step on the combined model: it sees both networks and may move the generator alone.
/// </summary>
internal sealed class GeneratorStep(GanParts parts, CombinedModel combined)
{
    private readonly Network _generator = parts.Generator;

    /// <summary>Makes one step.</summary>
    /// <param name="batch">The real batch, checked: its size, its condition and, with a relativistic loss, its samples count.</param>
    /// <param name="iteration">Completed iterations.</param>
    /// <param name="shared">Fakes with their graph, or null to make some.</param>
    /// <returns>What was measured, still on the device: see <see cref="Read"/>.</returns>
    public Tensor Run(Batch batch, long iteration, MadeFakes? shared = null)
    {
        using var scope = NewDisposeScope();
        using var recording = _generator.RecordTrainable();
        using var generatorMode = _generator.InMode(training: true);
        using var discriminatorMode = parts.Discriminator.InMode(training: true);
        var latents = shared?.Latents ?? parts.Latents.Draw(batch.Real.shape[0], parts.Random);
        var whole = new StepSlice(batch.Real, batch.Condition, latents, 1);
        var augmentation = new AugmentationContext(parts.Random, iteration);

        _generator.ClearGradients();
        Tensor? measured = null;
        foreach (var slice in whole.Split(parts.MicroBatches))
        {
            var own = Accumulate(slice, shared?.Images, augmentation);
            measured = measured is null ? own : measured + own;
        }

        var norm = parts.Clipping?.Apply(_generator.Trainable) ?? parts.MeasureNorm(_generator);
        parts.GeneratorOptimizer.step();
        return cat([measured!, Scalars.Stack(norm)]).MoveToOuterDisposeScope();
    }

    public static GeneratorResult Read(ReadOnlySpan<double> measured) => new()
    {
        Loss = measured[0],
        AuxiliaryLoss = measured[1],
        GradientNorm = measured[2],
    };

    private Tensor Accumulate(StepSlice slice, Tensor? fakes, AugmentationContext augmentation)
    {
        var onFake = fakes is null
            ? combined.ForwardThrough(slice.Latents, slice.Condition, images => Augment(images, augmentation))
            : combined.Judge(Augment(fakes, augmentation), slice.Condition);
        var realLogits = parts.Objective.IsRelativistic ? JudgeReal(slice, augmentation) : null;
        var loss = parts.Objective.Generator(realLogits, onFake.Output, slice.Condition);
        var auxiliary = parts.Auxiliary?.Generator(onFake.Auxiliary!, slice);
        var total = auxiliary is null ? loss : loss + auxiliary;
        (slice.Share == 1 ? total : total * slice.Share).backward();
        var measured = Scalars.Stack(total, auxiliary ?? Scalars.Zero);
        return slice.Share == 1 ? measured : measured * slice.Share;
    }

    private Tensor JudgeReal(StepSlice slice, AugmentationContext augmentation)
    {
        using var noGraph = no_grad();
        return combined.Judge(Augment(slice.Real, augmentation), slice.Condition).Output;
    }

    private Tensor Augment(Tensor images, AugmentationContext augmentation) =>
        parts.Augmentation?.Augment(images, augmentation) ?? images;
}
