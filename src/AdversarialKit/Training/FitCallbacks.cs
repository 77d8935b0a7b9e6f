using System.Runtime.ExceptionServices;

namespace AdversarialKit;

/// <summary>The callbacks of one run, and what becomes of an exception of theirs.</summary>
internal sealed class FitCallbacks(Gan gan, FitOptions options)
{
    private readonly List<string> _faults = [];
    private readonly HashSet<ITrainingCallback> _failed = new(ReferenceEqualityComparer.Instance);

    public void Start()
    {
        foreach (var callback in options.Callbacks)
        {
            callback.OnStart(gan, options);
        }
    }

    /// <summary>Those that want to hear of this iteration.</summary>
    public List<ITrainingCallback> Due() => [.. options.Callbacks.Where(callback => gan.Iteration % callback.Interval == 0)];

    public void Progress(List<ITrainingCallback> due, TrainingProgress progress) =>
        due.ForEach(callback => Call(callback, () => callback.OnProgress(gan, progress)));

    public void Evaluated(EvaluationResult evaluation)
    {
        foreach (var callback in options.Callbacks)
        {
            Call(callback, () => callback.OnEvaluation(gan, evaluation));
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
                callback.OnEnd(gan, Completed());
            }
#pragma warning disable CA1031 // It is not lost: an observer's is in the result, another's is thrown below.
            catch (Exception error)
#pragma warning restore CA1031
            {
                GanLog.EndFailed(gan.Logger, NameOf(callback), gan.Iteration, error);
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
                GanLog.ObserverFailed(gan.Logger, NameOf(callback), gan.Iteration, error);
                _faults.Add($"{NameOf(callback)} failed at iteration {gan.Iteration}: {Text.FirstLine(error)}");
            }
        }
    }

    private static string NameOf(ITrainingCallback callback) => callback.GetType().Name;
}
