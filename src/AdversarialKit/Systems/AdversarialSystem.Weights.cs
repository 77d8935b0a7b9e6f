namespace AdversarialKit;

/// <content>Weights and rates from elsewhere.</content>
public sealed partial class AdversarialSystem
{
    /// <summary>
    /// Takes weights and buffers of another run into the networks, by name and as far as they fit: to start from a trained network, or from an
    /// earlier and smaller stage. A run that shall go on bit for bit takes <see cref="LoadCheckpoint"/> instead.
    /// </summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>.</param>
    /// <param name="rename">
    /// Gives the name here for a name there, both as <c>network/tensor</c>, such as <c>generator/0.weight</c>; null leaves that tensor out. It
    /// is asked for averaged weights, too, as <c>average/0.weight</c> or <c>average-NETWORK/0.weight</c>. Default: networks of the same name,
    /// without averages.
    /// </param>
    /// <param name="partial">Whether to take what fits if not everything does. Default: false, and then nothing is taken.</param>
    /// <returns>
    /// What was taken, what is missing there, what there was left over, and what is of another shape, each as <c>network/tensor</c>. Shapes must
    /// be equal; floating-point numbers of one precision are converted to another.
    /// </returns>
    /// <remarks>
    /// The average of a network that took anything begins anew from the weights that it then has. Optimizers' moments, counters and
    /// generators of randomness stay as they are.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or <paramref name="rename"/> gives two tensors one name; nothing was changed.</exception>
    /// <exception cref="CheckpointException">There is no whole checkpoint, or, without <paramref name="partial"/>, it does not fit: all differences are listed. Nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public WeightsReport LoadWeights(string path, Func<string, string?>? rename = null, bool partial = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var held = _gate.Enter();
        ThrowIfDisposed();
        using var scope = NewDisposeScope();
        var checkpoint = AdversarialKit.Checkpoint.Open(Path.GetFullPath(path));
        var report = NetworkWeights.Load(checkpoint, _parts.Networks, rename, partial);
        foreach (var average in _parts.Averages.Where(average => report.Loaded.Any(name => NetworkWeights.IsOf(average.Network, name))))
        {
            average.Average.Restart();
        }

        return report;
    }

    /// <summary>
    /// Multiplies the learning rates of steps, also those that their schedules start from, without touching moments: to go on more slowly
    /// after <see cref="LoadCheckpoint"/>, for example. Checkpoints hold the new rates, so a later resume goes on with them.
    /// </summary>
    /// <param name="factor">Above 0; below 1 for lower rates.</param>
    /// <param name="steps">The names of the steps; none for all.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not a finite number above 0.</exception>
    /// <exception cref="ArgumentException">No step has such a name; nothing was changed.</exception>
    /// <exception cref="NotSupportedException">An optimizer of one's own has no learning rate; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public void ScaleLearningRates(double factor, params string[] steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        if (!(double.IsFinite(factor) && factor > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "Learning rates are multiplied by a finite number above 0.");
        }

        using var held = _gate.Enter();
        ThrowIfDisposed();
        var scaled = steps.Length == 0 ? _parts.Steps : [.. steps.Select(StepOf).Distinct()];
        if (scaled.FirstOrDefault(step => double.IsNaN(CurrentRate.Of(step.Optimizer))) is { } without)
        {
            throw new NotSupportedException($"The optimizer of the step '{without.Name}' is a {without.Optimizer.GetType().Name}, which has no learning rate to scale.");
        }

        foreach (var group in scaled.SelectMany(step => step.Optimizer.ParamGroups))
        {
            (group.InitialLearningRate, group.LearningRate) = (group.InitialLearningRate * factor, group.LearningRate * factor);
        }
    }
}
