namespace AdversarialKit;

/// <content>Iterations and steps made by hand.</content>
public sealed partial class Gan
{
    /// <summary>Whether an iteration has begun to move things and is not completed, as where an exception broke it off.</summary>
    internal bool IsWithinIteration { get; private set; }

    /// <summary>Makes one iteration: the discriminator steps, each on a real batch of its own, then the generator step.</summary>
    /// <param name="batches">
    /// As many real batches as <see cref="GanBuilder.WithDiscriminatorSteps"/> says. The last one gives the generator step
    /// its size and condition. They remain the caller's.
    /// </param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The number of batches is wrong, or one does not fit the networks; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">It was called inside <c>torch.no_grad()</c> or <c>inference_mode()</c>; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public StepResult TrainStep(params ReadOnlySpan<Batch> batches)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        GradientMode.ThrowIfOff();
        if (batches.Length != _parts.DiscriminatorSteps)
        {
            throw new ArgumentException(
                $"An iteration of this GAN makes {_parts.DiscriminatorSteps} discriminator steps and needs as many real batches, " +
                $"but got {batches.Length}. Pass {_parts.DiscriminatorSteps}, or change WithDiscriminatorSteps.",
                nameof(batches));
        }

        using var scope = NewDisposeScope();
        var checkedBatches = new Batch[batches.Length];
        for (var i = 0; i < batches.Length; i++)
        {
            checkedBatches[i] = _parts.BatchCheck.Check(batches[i]);
        }

        FollowSchedules();
        IsWithinIteration = true;
        var measured = Scalars.Read(RunBothSteps(checkedBatches));
        var result = new StepResult(
            Iteration + 1,
            DiscriminatorMeasures.Read(measured),
            GeneratorStep.Read(measured.AsSpan(DiscriminatorMeasures.Count)));
        foreach (var batch in checkedBatches)
        {
            SamplesSeen += batch.Real.size(0);
        }

        Complete(checkedBatches[^1].Real.size(0), result.Discriminator);
        GanLog.Stepped(_logger, Iteration, result.Discriminator.Loss, result.Discriminator.Accuracy, result.Generator.Loss);
        return result;
    }

    /// <summary>Makes one discriminator step alone, for a schedule of your own.</summary>
    /// <param name="batch">A real batch; remains the caller's.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the networks; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">It was called inside <c>torch.no_grad()</c> or <c>inference_mode()</c>; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public DiscriminatorResult TrainDiscriminator(Batch batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        GradientMode.ThrowIfOff();
        using var scope = NewDisposeScope();
        FollowSchedules();
        _lastDiscriminator = DiscriminatorMeasures.Read(Scalars.Read(_discriminatorStep.Run(_parts.BatchCheck.Check(batch), Iteration)));
        SamplesSeen += batch.Real.size(0);
        return _lastDiscriminator;
    }

    /// <summary>Makes one generator step alone, for a schedule of your own. Counts as an iteration.</summary>
    /// <param name="batch">A real batch, for its size, its condition and, with a relativistic loss, its samples; remains the caller's.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">The batch does not fit the networks; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">It was called inside <c>torch.no_grad()</c> or <c>inference_mode()</c>; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public GeneratorResult TrainGenerator(Batch batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        GradientMode.ThrowIfOff();
        using var scope = NewDisposeScope();
        FollowSchedules();
        var result = GeneratorStep.Read(Scalars.Read(_generatorStep.Run(_parts.BatchCheck.Check(batch), Iteration)));
        Complete(batch.Real.size(0), _lastDiscriminator);
        return result;
    }

    private Tensor RunBothSteps(Batch[] batches)
    {
        foreach (var batch in batches.AsSpan()[..^1])
        {
            _discriminatorStep.Run(batch, Iteration);
        }

        MadeFakes? shared = _parts.Fakes == FakeMode.Shared ? new FakeSource(_parts).MakeForBothSteps(batches[^1]) : null;
        var discriminator = _discriminatorStep.Run(batches[^1], Iteration, shared);
        return cat([discriminator, _generatorStep.Run(batches[^1], Iteration, shared)]);
    }

    private static ScheduledRates? RatesOf(optim.Optimizer optimizer, LearningRateSchedule? schedule) =>
        schedule is null ? null : new ScheduledRates(optimizer, schedule);

    private void FollowSchedules()
    {
        _discriminatorRates?.Apply(Iteration);
        _generatorRates?.Apply(Iteration);
    }

    private void Complete(long batchSize, DiscriminatorResult discriminator)
    {
        Iteration++;
        IsWithinIteration = false;
        _lastDiscriminator = discriminator;
        _parts.Average?.Update(batchSize);
        _parts.Augmentation?.Observe(discriminator.RealSign, batchSize);
    }
}
