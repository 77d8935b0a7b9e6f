namespace AdversarialKit;

/// <summary>The callbacks of a run, told of a GAN where the system is one.</summary>
internal sealed class FitAudience(AdversarialSystem system, FitOptions options)
{
    /// <summary>A callback that knows GANs only would hear nothing of another system.</summary>
    /// <exception cref="ArgumentException">There is such a one.</exception>
    public static void Check(AdversarialSystem system, FitOptions options)
    {
        if (system.Gan is not null)
        {
            return;
        }

        if (options.Callbacks.FirstOrDefault(callback => callback is not ISystemCallback) is { } deaf)
        {
            throw new ArgumentException(
                $"The callback {deaf.GetType().Name} follows GANs only, and this is another system. Implement {nameof(ISystemCallback)}, which follows both.",
                nameof(options));
        }

        if (options.Checkpoints?.Metric is not null)
        {
            throw new ArgumentException("CheckpointOptions.Metric is of a GAN, and this is another system. Set CheckpointOptions.SystemMetric.", nameof(options));
        }
    }

    public void Start()
    {
        foreach (var callback in options.Callbacks)
        {
            Tell(callback, (c, gan) => c.OnStart(gan, options), (c, other) => c.OnStart(other, options));
        }
    }

    public void Progress(ITrainingCallback callback, TrainingProgress progress) =>
        Tell(callback, (c, gan) => c.OnProgress(gan, progress), (c, other) => c.OnProgress(other, progress));

    public void Evaluated(EvaluationResult evaluation)
    {
        foreach (var callback in options.Callbacks)
        {
            Tell(callback, (c, gan) => c.OnEvaluation(gan, evaluation), (c, other) => c.OnEvaluation(other, evaluation));
        }
    }

    public void End(FitResult result)
    {
        foreach (var callback in options.Callbacks)
        {
            Tell(callback, (c, gan) => c.OnEnd(gan, result), (c, other) => c.OnEnd(other, result));
        }
    }

    private void Tell(ITrainingCallback callback, Action<ITrainingCallback, Gan> ofGan, Action<ISystemCallback, AdversarialSystem> ofSystem)
    {
        if (system.Gan is { } gan)
        {
            ofGan(callback, gan);
        }
        else
        {
            ofSystem((ISystemCallback)callback, system);
        }
    }
}
