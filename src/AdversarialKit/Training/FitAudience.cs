using System.Runtime.ExceptionServices;

namespace AdversarialKit;

/// <summary>The callbacks of a run, told of a GAN where the system is one, and what becomes of an exception of theirs.</summary>
internal sealed class FitAudience(AdversarialSystem system, FitOptions options)
{
    private readonly List<string> _faults = [];
    private readonly HashSet<ITrainingCallback> _failed = new(ReferenceEqualityComparer.Instance);

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

    /// <summary>Those that want to hear of this iteration.</summary>
    public List<ITrainingCallback> Due() => [.. options.Callbacks.Where(callback => system.Iteration % callback.Interval == 0)];

    public void Progress(List<ITrainingCallback> due, TrainingProgress progress) => due.ForEach(callback =>
        Call(callback, () => Tell(callback, (c, gan) => c.OnProgress(gan, progress), (c, other) => c.OnProgress(other, progress))));

    public void Evaluated(EvaluationResult evaluation)
    {
        foreach (var callback in options.Callbacks)
        {
            Call(callback, () => Tell(callback, (c, gan) => c.OnEvaluation(gan, evaluation), (c, other) => c.OnEvaluation(other, evaluation)));
        }
    }

    /// <summary>Tells all of them the end, whatever one of them throws. What one throws that is no observer comes out after all were told.</summary>
    /// <returns>The result with what observers failed at.</returns>
    public FitResult End(FitResult result)
    {
        ExceptionDispatchInfo? thrown = null;
        foreach (var callback in options.Callbacks)
        {
            try
            {
                var completed = Completed();
                Tell(callback, (c, gan) => c.OnEnd(gan, completed), (c, other) => c.OnEnd(other, completed));
            }
#pragma warning disable CA1031 // It is not lost: an observer's is in the result, another's is thrown below.
            catch (Exception error)
#pragma warning restore CA1031
            {
                GanLog.EndFailed(system.Logger, NameOf(callback), system.Iteration, error);
                _faults.Add($"{NameOf(callback)} failed at the end of the run: {Text.FirstLine(error)}");
                thrown ??= callback.IsObserver ? null : ExceptionDispatchInfo.Capture(error);
            }
        }

        thrown?.Throw();
        return Completed();

        FitResult Completed() => _faults.Count == 0 ? result : result with { CallbackFaults = [.. _faults] };
    }

    private void Call(ITrainingCallback callback, Action call)
    {
        try
        {
            call();
        }
        catch (Exception error) when (callback.IsObserver)
        {
            if (_failed.Add(callback))
            {
                GanLog.ObserverFailed(system.Logger, NameOf(callback), system.Iteration, error);
                _faults.Add($"{NameOf(callback)} failed at iteration {system.Iteration}: {Text.FirstLine(error)}");
            }
        }
    }

    private static string NameOf(ITrainingCallback callback) => callback.GetType().Name;

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
