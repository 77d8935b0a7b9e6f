using static AdversarialKit.SystemOfGan;

namespace AdversarialKit;

/// <summary>
/// Writes event files that TensorBoard opens (<c>tensorboard --logdir FOLDER</c>): losses, accuracies, gradient norms,
/// learning rates and throughput as scalars, samples from the same latents as images, and the configuration as text. A system that is
/// no GAN has its numbers under the names of its steps: <c>loss/STEP</c>, <c>STEP/TERM</c>.
/// </summary>
/// <remarks>
/// Each run writes a file of its own into the folder; one that goes on from a checkpoint says where, and TensorBoard joins
/// them. What is not a number is left out. The images' latents follow from the seed alone. A folder that cannot be written
/// to once the run goes on does not end it.
/// </remarks>
public sealed class TensorBoardLog : ISystemCallback, IDisposable
{
    private readonly string _folder;
    private readonly TensorBoardLogOptions _options;
    private readonly FixedSamples _samples;
    private readonly DiagnosisLedger _diagnoses = new();
    private EventFile? _file;
    private long _lastSheet;
    private bool _saidFault;

    /// <summary>A log in a folder.</summary>
    /// <param name="folder">The folder, made if need be. Files that are in it stay.</param>
    /// <param name="options">What is written; null for the defaults.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty, or an option is out of its range.</exception>
    public TensorBoardLog(string folder, TensorBoardLogOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _options = options ?? new TensorBoardLogOptions();
        _options.Check();
        _folder = Path.GetFullPath(folder);
        _samples = new FixedSamples(_options.Samples, _options.Condition, $"{nameof(TensorBoardLogOptions)}.{nameof(_options.Condition)}");
    }

    /// <inheritdoc/>
    public int Interval => _options.Interval;

    /// <inheritdoc/>
    /// <value>True.</value>
    public bool IsObserver => true;

    private EventFile Events => _file ??= new EventFile(_folder);

    /// <summary>Writes a figure of your own, such as a Fréchet distance.</summary>
    /// <param name="name">Its tag; a slash puts it into a group.</param>
    /// <param name="iteration">The iteration it was measured at.</param>
    /// <param name="value">The value; one that is not finite is left out.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Add(string name, long iteration, double value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        WriteScalars(iteration, (name, value));
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnStart(AdversarialSystem system, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        Events.WriteStart(system.Iteration + 1);
        Events.WriteText(system.Iteration, "configuration", AsMarkdown(system.Describe()));
        WriteSheet(system);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnProgress(AdversarialSystem system, TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(progress);
        WriteScalars(progress.Iteration, [.. system.Gan is null ? OfSteps(progress) : OfGan(progress), ("throughput/iterations_per_second", progress.IterationsPerSecond)]);
        WriteDiagnoses(progress.Diagnoses);
        if (progress.Iteration - _lastSheet >= _options.SheetInterval)
        {
            WriteSheet(system);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnEvaluation(AdversarialSystem system, EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        WriteScalars(evaluation.Iteration, [.. Enum.GetValues<QualityFigure>().Select(figure => (Tag(figure), evaluation.Quality.Value(figure)))]);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnEnd(AdversarialSystem system, FitResult result)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(result);
        WriteDiagnoses(result.Diagnoses);
        if (system.Iteration > _lastSheet && result.Reason != StopReason.Diverged)
        {
            WriteSheet(system);
        }

        Events.WriteText(system.Iteration, "end", $"{result.Reason}. {result.Message}".TrimEnd());
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

    /// <summary>Indented by four, Markdown leaves the columns alone.</summary>
    private static string AsMarkdown(string text) => string.Join('\n', text.Split('\n').Select(line => "    " + line.TrimEnd()));

    private static string Tag(QualityFigure figure) =>
        "quality/" + (figure == QualityFigure.ClassDivergence ? "class_divergence" : figure.ToString().ToLowerInvariant());

    private static (string Tag, double Value)[] OfGan(TrainingProgress progress)
    {
        var (discriminator, generator) = (progress.Step.Discriminator, progress.Step.Generator);
        return
        [
            ("loss/discriminator", discriminator.Loss),
            ("loss/generator", generator.Loss),
            ("loss/real", discriminator.RealLoss),
            ("loss/fake", discriminator.FakeLoss),
            ("loss/penalty", discriminator.Penalty),
            .. generator.Terms.Select(term => ($"generator/{term.Key}", term.Value)),
            ("accuracy/real", discriminator.RealAccuracy),
            ("accuracy/fake", discriminator.FakeAccuracy),
            ("gradient_norm/discriminator", discriminator.GradientNorm),
            ("gradient_norm/generator", generator.GradientNorm),
            ("learning_rate/discriminator", progress.DiscriminatorLearningRate),
            ("learning_rate/generator", progress.GeneratorLearningRate),
        ];
    }

    private static (string Tag, double Value)[] OfSteps(TrainingProgress progress) =>
    [
        .. progress.LearningRates.Keys.SelectMany(step => progress.Result!.NumbersOf(step)
            .Select(number => ($"{step}/{number.Key}", number.Value))
            .Prepend(($"loss/{step}", progress.Result![step].Loss))
            .Append(($"gradient_norm/{step}", progress.Result![step].GradientNorm))
            .Append(($"learning_rate/{step}", progress.LearningRates[step]))),
    ];

    private void WriteScalars(long iteration, params (string Tag, double Value)[] scalars) =>
        Events.WriteScalars(iteration, scalars.Where(scalar => double.IsFinite(scalar.Value)));

    private void WriteDiagnoses(IReadOnlyList<Diagnosis> diagnoses)
    {
        foreach (var diagnosis in _diagnoses.Take(diagnoses))
        {
            Events.WriteText(diagnosis.Iteration, "diagnosis", diagnosis.Message);
        }
    }

    private void WriteSheet(AdversarialSystem system)
    {
        _lastSheet = system.Iteration;
        if (_samples.Take(system)?.Image is { } image)
        {
            Events.WriteImage(system.Iteration, "samples", image);
        }
        else if (_samples.Fault is { } fault && !_saidFault)
        {
            Events.WriteText(system.Iteration, "samples", fault);
            _saidFault = true;
        }
    }
}
