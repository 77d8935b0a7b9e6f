using System.Diagnostics;
using static AdversarialKit.SystemOfGan;

namespace AdversarialKit;

/// <summary>
/// A report on a run, of a GAN or another system, as one HTML file that needs nothing else: curves, samples through time, the doctor's findings, the
/// configuration and the environment. Written at the start, every so often, and at the end.
/// </summary>
/// <remarks>
/// <para>The file is replaced as a whole; a browser that opens it during the run never meets half of it. At the start an error
/// is thrown; from then on no error of the report ends the run: <c>Fit</c> says it once, and the next attempt is made when
/// due. Training and other samples are not disturbed by it: the latents follow from the seed alone.</para>
/// <para>A run that goes on from a checkpoint goes on with the report that is in the file, if it is of the same seed: its
/// curves, samples and findings up to the checkpoint's iteration are read back from the page. Six digits of each value are kept.
/// A page that cannot be read is replaced, and the new one says so.</para>
/// </remarks>
public sealed class HtmlReport : ISystemCallback, IDisposable
{
    private readonly string _path;
    private readonly HtmlReportOptions _options;
    private readonly ReportContent _content;
    private readonly SampleHistory _history;
    private bool _begun;
    private long _written;
    private WriterLock? _lock;

    /// <summary>A report at a place.</summary>
    /// <param name="path">The file, replaced if it exists. Its folder is made.</param>
    /// <param name="options">What it shows; null for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or an option is out of its range.</exception>
    public HtmlReport(string path, HtmlReportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _options = options ?? new HtmlReportOptions();
        _options.Check();
        _path = System.IO.Path.GetFullPath(path);
        var samples = new FixedSamples(_options.Samples, _options.Condition, $"{nameof(HtmlReportOptions)}.{nameof(_options.Condition)}", _options.Images, _options.Rows);
        _history = new SampleHistory(samples, _options.SheetInterval);
        _content = new ReportContent(_options.Title, _history);
    }

    /// <summary>Where the report is, as a full path.</summary>
    public string Path => _path;

    /// <inheritdoc/>
    public int Interval => _options.Interval;

    /// <inheritdoc/>
    /// <value>True.</value>
    public bool IsObserver => true;

    /// <summary>Adds a point to a figure of your own, such as a Fréchet distance; each name gets a chart.</summary>
    /// <param name="name">What the chart is called.</param>
    /// <param name="iteration">The iteration it was measured at, not below the one before.</param>
    /// <param name="value">The value; one that is not finite is left out.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public void Add(string name, long iteration, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _content.Charts.Add(name, iteration, value);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written, or another run writes it.</exception>
    /// <exception cref="ArgumentException">The GAN is conditional and <see cref="HtmlReportOptions.Condition"/> does not fit.</exception>
    public void OnStart(AdversarialSystem system, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
        _lock ??= WriterLock.TryTake(WriterLock.Beside(_path)) ?? throw new IOException(
            $"'{_path}' is being written by another run, from this process or another one. Give every run a report of its own.");
        if (!_begun && system.Iteration > 0)
        {
            _content.Restore(EarlierReport.Read(_path, system.Seed, system.Iteration), system);
        }

        _content.Begin(system, forget: _begun);
        _begun = true;
        _history.Begin(system);
        Write();
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file was due and cannot be written.</exception>
    public void OnProgress(AdversarialSystem system, TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(progress);
        _content.Observe(progress);
        _history.Observe(system, progress.TotalIterations);
        if (_options.RenderEvery != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_written) >= _options.RenderEvery)
        {
            Write();
        }
    }

    /// <inheritdoc/>
    public void OnEvaluation(AdversarialSystem system, EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        _content.Observe(evaluation);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnEnd(AdversarialSystem system, FitResult result)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(result);
        if (result.Reason != StopReason.Diverged)
        {
            _history.Close(system);
        }

        _content.End(result);
        Write();
        Release();
    }

    /// <inheritdoc/>
    public void OnStart(Gan gan, FitOptions options) => OnStart(SystemOf(gan), options);

    /// <inheritdoc/>
    public void OnProgress(Gan gan, TrainingProgress progress) => OnProgress(SystemOf(gan), progress);

    /// <inheritdoc/>
    public void OnEvaluation(Gan gan, EvaluationResult evaluation) => OnEvaluation(SystemOf(gan), evaluation);

    /// <inheritdoc/>
    public void OnEnd(Gan gan, FitResult result) => OnEnd(SystemOf(gan), result);

    /// <summary>Writes the report as it stands.</summary>
    /// <exception cref="IOException">The file cannot be written; the one before is whole.</exception>
    public void Write()
    {
        _written = Stopwatch.GetTimestamp();
        WholeFile.Write(_path, ReportPage.Render(_content, DateTime.UtcNow));
    }

    /// <summary>Lets another run write the file, which stays.</summary>
    public void Dispose() => Release();

    private void Release()
    {
        _lock?.Dispose();
        _lock = null;
    }
}
