namespace AdversarialKit;

/// <content>Iterations and steps made by hand.</content>
public sealed partial class Gan
{
    /// <summary>Makes one iteration: the discriminator steps, each on a real batch of its own, then the generator step.</summary>
    /// <param name="batches">
    /// As many real batches as <see cref="GanBuilder.WithDiscriminatorSteps"/> says. The last one gives the generator step
    /// its size and condition. They remain the caller's.
    /// </param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The number of batches is wrong, or one does not fit the networks; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public StepResult TrainStep(params ReadOnlySpan<Batch> batches)
    {
        var result = Iterate(batches);
        System.Log(result);
        return Read(result);
    }

    /// <inheritdoc cref="TrainStep(ReadOnlySpan{Batch})"/>
    /// <remarks>For languages that know no spans of parameters: C# up to 12, which is .NET 8's own, F# and Visual Basic.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="batches"/> is null.</exception>
    public StepResult TrainStep(params Batch[] batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return TrainStep(batches.AsSpan());
    }

    /// <summary><c>TrainStep</c> without the log.</summary>
    internal IterationResult Iterate(ReadOnlySpan<Batch> batches)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (batches.Length != _parts.DiscriminatorSteps)
        {
            throw new ArgumentException(
                $"An iteration of this GAN makes {_parts.DiscriminatorSteps} discriminator steps and needs as many real batches, " +
                $"but got {batches.Length}. Pass {_parts.DiscriminatorSteps}, or change WithDiscriminatorSteps.",
                nameof(batches));
        }

        return System.Iterate(batches);
    }

    /// <summary>Makes one discriminator step alone, for a schedule of your own.</summary>
    /// <param name="batch">A real batch; remains the caller's.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the networks; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public DiscriminatorResult TrainDiscriminator(Batch batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var held = System.Gate.Enter();
        var result = DiscriminatorMeasures.Read(System.Run(DiscriminatorStep, batch));
        _parts.LastRealSign = result.RealSign;
        System.SamplesSeen += System.SamplesOfLastRun;
        return result;
    }

    /// <summary>Makes one generator step alone, for a schedule of your own. Counts as an iteration.</summary>
    /// <param name="batch">A real batch, for its size, its condition and, with a relativistic loss, its samples; remains the caller's.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the networks; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public GeneratorResult TrainGenerator(Batch batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var held = System.Gate.Enter();
        var result = GeneratorObjective.Read(System.Run(GeneratorStep, batch));
        System.Complete(System.SamplesOfLastRun, null);
        return result;
    }

    /// <summary>
    /// Makes one generator step alone with an objective of your own in place of the loss and its terms. It counts as an iteration: average,
    /// augmentation, schedules and counters follow, which what one does with <see cref="Combined"/> by hand does not.
    /// </summary>
    /// <param name="batch">A real batch, for its size, its condition and its samples; remains the caller's.</param>
    /// <param name="objective">Computes the scalar to minimise from latents, fakes with their graph and the frozen discriminator.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the networks, or the objective is no scalar; no weight was changed.</exception>
    /// <exception cref="InvalidOperationException">The objective is not connected to the generator; no weight was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public GeneratorResult TrainGenerator(Batch batch, Func<GeneratorTermContext, Tensor> objective)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(objective);
        using var held = System.Gate.Enter();
        var result = GeneratorObjective.Read(System.Run(GeneratorStep, batch, _parts.GeneratorObjective!.MinimizeInstead(objective)));
        System.Complete(System.SamplesOfLastRun, null);
        return result;
    }

    private CompiledStep DiscriminatorStep => System.Steps[0];

    private CompiledStep GeneratorStep => System.Steps[1];

    internal static StepResult Read(IterationResult result) => new(
        result.Iteration,
        DiscriminatorMeasures.Read(result[GanSystem.Discriminator]),
        GeneratorObjective.Read(result[GanSystem.Generator]));
}
