namespace AdversarialKit.Benchmarks;

/// <summary>Shows how far a run is.</summary>
internal sealed class StackedProgress(StatusLine status, string title, int total) : ITrainingCallback
{
    public int Interval => 10;

    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        var left = TimeSpan.FromSeconds((total - progress.Iteration) / Math.Max(progress.IterationsPerSecond, 1e-3));
        status.Show(FormattableString.Invariant(
            $"{title}: iteration {progress.Iteration:N0} of {total:N0}, {progress.IterationsPerSecond:F1} it/s, {ReadableTime.Of(left)} left"));
    }
}
