using AdversarialKit;

namespace MnistGan;

/// <summary>The report and the log that <c>--report</c> and <c>--log</c> ask for.</summary>
internal sealed class Observers : IDisposable
{
    private readonly HtmlReport? _report;
    private readonly JsonLinesLog? _log;

    private Observers(Options options, string title)
    {
        Directory.CreateDirectory(options.OutputFolder);
        if (options.Report)
        {
            _report = new HtmlReport(
                Path.Combine(options.OutputFolder, "report.html"),
                new HtmlReportOptions { Title = title, Samples = 50 });
        }

        _log = options.Log ? new JsonLinesLog(Path.Combine(options.OutputFolder, "log.jsonl")) : null;
    }

    /// <summary>What the run calls back.</summary>
    public IEnumerable<ITrainingCallback> Callbacks => new ITrainingCallback?[] { _report, _log }.OfType<ITrainingCallback>();

    /// <summary>Where the report is, or null.</summary>
    public string? ReportPath => _report?.Path;

    public static Observers Of(Options options, Dataset dataset) => new(options, $"{options.Preset} GAN on {dataset.Description}");

    public void Dispose()
    {
        _report?.Dispose();
        _log?.Dispose();
    }
}
