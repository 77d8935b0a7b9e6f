using System.Text.Json;
using static AdversarialKit.JsonNumbers;
using static AdversarialKit.SystemOfGan;

namespace AdversarialKit;

/// <summary>
/// Writes a run as JSON lines: an object a line, with an <c>event</c> of <c>start</c>, <c>progress</c>, <c>evaluation</c>,
/// <c>figure</c>, <c>diagnosis</c>, <c>lost</c> or <c>end</c>. A crash can spoil the last line only, and the next run that appends
/// removes it. A disk that is full does not end the run: the lines before stay whole, and once there is room again a line
/// <c>lost</c> says from which iteration on how many are missing.
/// </summary>
/// <remarks>
/// Numbers are written to the last digit and the same in every language; what is not finite is null. A run that goes on
/// from a checkpoint appends: its <c>start</c> line says from which iteration on, and lines of later iterations before it
/// belong to the broken run. Progress of a system that is no GAN has its numbers under <c>steps</c>, by the step's name: <c>loss</c>,
/// <c>gradientNorm</c>, <c>learningRate</c>, and <c>numbers</c> by name. One run writes at a time: a second one to the same file is refused at its start.
/// </remarks>
public sealed class JsonLinesLog : ISystemCallback, IDisposable
{
    private readonly DiagnosisLedger _diagnoses = new();
    private JsonLinesFile? _file;
    private (long Since, int Lines) _lost;

    /// <summary>A log in a file.</summary>
    /// <param name="path">The file, appended to if it exists. Its folder is made. Nothing is touched before the first line.</param>
    /// <param name="interval">Every how many iterations a line is written, at least 1. Default: 1.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is below 1.</exception>
    public JsonLinesLog(string path, int interval = 1)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        Path = System.IO.Path.GetFullPath(path);
        Interval = interval;
    }

    /// <summary>Where the log is, as a full path.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public int Interval { get; }

    /// <inheritdoc/>
    /// <value>True.</value>
    public bool IsObserver => true;

    /// <summary>Opens the file; tests let the disk be full.</summary>
    internal Func<string, Stream> OpenFile { get; init; } = JsonLinesFile.Open;

    /// <summary>Writes a figure of your own, such as a Fréchet distance.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="iteration">The iteration it was measured at.</param>
    /// <param name="value">The value; null in the file if it is not finite.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(string name, long iteration, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Write("figure", iteration, json =>
        {
            json.WriteString("name", name);
            Number(json, "value", value);
        });
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written, or another run writes it.</exception>
    public void OnStart(AdversarialSystem system, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        Write("start", system.Iteration, json =>
        {
            json.WriteString("time", DateTime.UtcNow);
            json.WriteNumber("seed", system.Seed);
            json.WriteString("configuration", system.Describe());
        });
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnProgress(AdversarialSystem system, TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(progress);
        Write("progress", progress.Iteration, json =>
        {
            MeasuredJson.Write(json, progress, isOfAGan: system.Gan is not null);
            json.WriteNumber("samplesSeen", progress.SamplesSeen);
            Number(json, "elapsedSeconds", progress.Elapsed.TotalSeconds);
            Number(json, "iterationsPerSecond", progress.IterationsPerSecond);
        });
        WriteDiagnoses(progress.Diagnoses);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnEvaluation(AdversarialSystem system, EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Write("evaluation", evaluation.Iteration, json =>
        {
            json.WriteNumber("samples", evaluation.Quality.Samples);
            foreach (var figure in Enum.GetValues<QualityFigure>())
            {
                Number(json, JsonNamingPolicy.CamelCase.ConvertName(figure.ToString()), evaluation.Quality.Value(figure));
            }

            json.WriteBoolean("best", evaluation.IsBest);
        });
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnEnd(AdversarialSystem system, FitResult result)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(result);
        WriteDiagnoses(result.Diagnoses);
        Write("end", system.Iteration, json =>
        {
            json.WriteString("time", DateTime.UtcNow);
            json.WriteString("reason", result.Reason.ToString());
            json.WriteNumber("iterations", result.Iterations);
            Number(json, "elapsedSeconds", result.Elapsed.TotalSeconds);
            json.WriteString("checkpoint", result.Checkpoint);
            json.WriteString("message", result.Message);
        });
        _file!.Sync();

        // The next run may be another log's; a figure that is added later opens the file again.
        Dispose();
    }

    /// <inheritdoc/>
    public void OnStart(Gan gan, FitOptions options) => OnStart(SystemOf(gan), options);

    /// <inheritdoc/>
    public void OnProgress(Gan gan, TrainingProgress progress) => OnProgress(SystemOf(gan), progress);

    /// <inheritdoc/>
    public void OnEvaluation(Gan gan, EvaluationResult evaluation) => OnEvaluation(SystemOf(gan), evaluation);

    /// <inheritdoc/>
    public void OnEnd(Gan gan, FitResult result) => OnEnd(SystemOf(gan), result);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void Write(string kind, long iteration, Action<Utf8JsonWriter> fill)
    {
        try
        {
            _file ??= new JsonLinesFile(Path, OpenFile);
            if (_lost.Lines > 0)
            {
                WriteLine("lost", _lost.Since, json => json.WriteNumber("lines", _lost.Lines));
                _lost = default;
            }

            WriteLine(kind, iteration, fill);
        }
        catch (IOException)
        {
            _lost = (_lost.Lines == 0 ? iteration : _lost.Since, _lost.Lines + 1);
            throw;
        }
    }

    private void WriteLine(string kind, long iteration, Action<Utf8JsonWriter> fill) => _file!.Write(json =>
    {
        json.WriteString("event", kind);
        json.WriteNumber("iteration", iteration);
        fill(json);
    });

    private void WriteDiagnoses(IReadOnlyList<Diagnosis> diagnoses)
    {
        foreach (var diagnosis in _diagnoses.Take(diagnoses))
        {
            Write("diagnosis", diagnosis.Iteration, json =>
            {
                json.WriteString("kind", diagnosis.Kind.ToString());
                json.WriteString("message", diagnosis.Message);
            });
        }
    }
}
