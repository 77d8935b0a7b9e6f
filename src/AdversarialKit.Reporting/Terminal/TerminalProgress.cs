using System.Diagnostics;
using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// Shows how a run goes: on a terminal one line that moves, with a bar, pace and time left; elsewhere a line every so many iterations,
/// for logs and pipes. Evaluations leave a line of their own.
/// </summary>
/// <remarks>
/// <code>
/// var progress = new TerminalProgress(Console.Out, isTerminal: !Console.IsOutputRedirected);
/// gan.Fit(batches, new FitOptions { Iterations = 30_000, Callbacks = [progress] });
/// </code>
/// </remarks>
public sealed class TerminalProgress : ITrainingCallback, IProgress<double>
{
    private const int BarWidth = 12;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly int _lines;
    private readonly StatusLine _status;
    private long _shown;
    private long _iteration;
    private long _total;

    /// <summary>Shows nothing yet.</summary>
    /// <param name="output">Where lines go. Remains the caller's.</param>
    /// <param name="isTerminal">Whether a line can be written over, such as <c>!Console.IsOutputRedirected</c>.</param>
    /// <param name="interval">Iterations between two lines where it cannot, at least 1. Default: 200.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is below 1.</exception>
    public TerminalProgress(TextWriter output, bool isTerminal, int interval = 200)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        (_output, _isTerminal, _lines, _status) = (output, isTerminal, interval, new StatusLine(output, isTerminal));
    }

    /// <inheritdoc/>
    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(progress);
        (_iteration, _total) = (progress.Iteration, progress.TotalIterations);
        var isLast = progress.Iteration == progress.TotalIterations;
        if (_isTerminal ? !isLast && Stopwatch.GetElapsedTime(_shown) < _pause : !isLast && progress.Iteration % _lines != 0)
        {
            return;
        }

        _shown = Stopwatch.GetTimestamp();
        var (discriminator, generator) = (progress.Step.Discriminator, progress.Step.Generator);
        var left = progress.Remaining is { } time ? $"{ReadableTime.Of(time)} left" : "";
        if (_isTerminal)
        {
            _status.Show(string.Create(
                CultureInfo.InvariantCulture,
                $"{Bar()} {_iteration}/{_total} {progress.IterationsPerSecond:F0} it/s {left} D {discriminator.Loss:F3} acc {100 * discriminator.Accuracy:F0}% G {generator.Loss:F3}"));
            return;
        }

        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_iteration} [D loss: {discriminator.Loss:F6}, acc.: {100 * discriminator.Accuracy:F2}%] [G loss: {generator.Loss:F6}] {progress.IterationsPerSecond:F1} it/s, {left}"));
    }

    /// <summary>Shows that samples are being judged, and how far that is; for <see cref="EvaluationOptions.Progress"/>. On a terminal only.</summary>
    /// <param name="value">The share that is done, 0 to 1.</param>
    public void Report(double value)
    {
        if (_isTerminal)
        {
            _status.Show(string.Create(CultureInfo.InvariantCulture, $"{Bar()} {_iteration}/{_total} judging samples: {100 * value:F0} %"));
        }
    }

    /// <inheritdoc/>
    public void OnEvaluation(Gan gan, EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var quality = evaluation.Quality;
        var modes = quality.Modes is { } found ? $", {found} classes" : "";
        _status.Done(string.Create(
            CultureInfo.InvariantCulture,
            $"{evaluation.Iteration} [Frechet {quality.Frechet:F2}, precision {quality.Precision:F3}, recall {quality.Recall:F3}, coverage {quality.Coverage:F3}{modes}]{(evaluation.IsBest ? ", the best so far" : "")}"));
    }

    /// <inheritdoc/>
    public void OnEnd(Gan gan, FitResult result) => _status.Clear();

    private string Bar()
    {
        var done = _total > 0 ? (int)Math.Clamp(BarWidth * _iteration / _total, 0, BarWidth) : 0;
        return new string('━', done) + new string('─', BarWidth - done);
    }
}
