using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// Looks at the numbers of each iteration, and now and then at a few samples, and says in plain words what goes wrong.
/// Each finding is said once, until it has passed.
/// </summary>
internal sealed class TrainingDoctor(bool lossesAreClipped, ValueRange? bound = null)
{
    /// <summary>Iterations between two looks at samples.</summary>
    public const int SampleInterval = 500;

    private const int SaturationWindow = 200;
    private const double SaturatedAccuracy = 0.99;
    private const double RecoveredAccuracy = 0.95;
    private const double NothingToLearn = 0.05;
    private const double VanishedGradient = 1e-4;
    private const int PlateauWindow = 20;
    private const double PlateauWidth = 0.01;
    private const double CollapsedSpread = 0.02;
    private const double RecoveredSpread = 0.05;
    private const double BoundTolerance = 0.05;
    private const double UnscaledMagnitude = 10;

    // Keras clips probabilities to [1e-7, 1 - 1e-7]: -ln(1e-7), and -ln(1 - (1 - 1e-7)) in float32.
    private static readonly double[] _plateaus = [16.118, 15.942];

    private readonly Dictionary<DiagnosisKind, Diagnosis> _present = [];
    private readonly RunningMean _accuracy = new(SaturationWindow);
    private readonly RunningMean _discriminatorLoss = new(SaturationWindow);
    private readonly RunningMean _generatorLoss = new(SaturationWindow);
    private readonly RunningMean _gradient = new(SaturationWindow);
    private int _pinned;

    /// <summary>What is wrong at present.</summary>
    public IReadOnlyList<Diagnosis> Present => _present.Count == 0 ? [] : [.. _present.Values];

    // Spread is measured in parts of the real one, and accuracy is no wonder then: both say nothing beside it.
    private bool RangesDiffer => _present.ContainsKey(DiagnosisKind.RangesDiffer);

    /// <summary>Takes in an iteration, and what was seen of its batch. Data at fault are named rather than what comes of them.</summary>
    /// <returns>What was found now and not before.</returns>
    public IEnumerable<Diagnosis> Examine(StepResult step, BatchLook look) =>
        new[] { ExamineRanges(step.Iteration, look.Real, look.Made) }.OfType<Diagnosis>()
            .Concat(Examine(step))
            .Concat(new[] { ExamineSpread(step.Iteration, look.Spread) }.OfType<Diagnosis>())
            .ToList();

    /// <summary>Takes in an iteration.</summary>
    /// <returns>What was found now and not before.</returns>
    public IEnumerable<Diagnosis> Examine(StepResult step)
    {
        _accuracy.Add(step.Discriminator.Accuracy);
        _discriminatorLoss.Add(step.Discriminator.Loss - step.Discriminator.Penalty);
        _generatorLoss.Add(step.Generator.Loss);
        _gradient.Add(step.Generator.GradientNorm);
        return new[] { Saturation(step.Iteration), Plateau(step) }.OfType<Diagnosis>();
    }

    /// <summary>Takes in the ranges of real samples and of the generator's, where they were looked at.</summary>
    /// <returns>Data of another scale than the generator's, if that was found now and not before.</returns>
    public Diagnosis? ExamineRanges(long iteration, ValueRange real, ValueRange made)
    {
        var differ = bound is { } limits
            ? real.Least < limits.Least - limits.Width * BoundTolerance || real.Most > limits.Most + limits.Width * BoundTolerance
            : real.Magnitude >= UnscaledMagnitude && made.Magnitude <= 1;
        var wasSeen = !double.IsNaN(real.Least) && (bound is not null || !double.IsNaN(made.Least));
        return Judge(
            DiagnosisKind.RangesDiffer,
            iteration,
            appeared: differ,
            passed: wasSeen && !differ,
            () => $"The real samples run from {Figure(real.Least)} to {Figure(real.Most)}, " + (bound is { } range
                    ? $"and the generator ends in a layer that makes {Figure(range.Least)} to {Figure(range.Most)}"
                    : $"and the generator's from {Figure(made.Least)} to {Figure(made.Most)}") +
                ": the discriminator tells them apart by their scale alone. Bring the data into the generator's range, for example with " +
                "TensorBatchOptions.Transform.");
    }

    /// <summary>Takes in how far samples differ from each other.</summary>
    /// <param name="iteration">The iteration.</param>
    /// <param name="spread">The standard deviation of samples, in parts of that of real ones.</param>
    /// <returns>A collapse, if it was found now and not before.</returns>
    public Diagnosis? ExamineSpread(long iteration, double spread) => Judge(
        DiagnosisKind.GeneratorCollapsed,
        iteration,
        appeared: spread < CollapsedSpread && !RangesDiffer,
        passed: spread > RecoveredSpread,
        () => $"The generator makes nearly the same sample from every latent: they differ {Percent(spread)} % as much as real ones do. " +
            "Go back to an earlier checkpoint; then a lower learning rate, a penalty such as R1, or MinibatchStdDev in the discriminator usually helps.");

    private Diagnosis? Saturation(long iteration)
    {
        if (!_accuracy.IsFull)
        {
            return null;
        }

        var learnsNothing = Math.Abs(_discriminatorLoss.Mean) < NothingToLearn || _gradient.Mean < VanishedGradient;
        return Judge(
            DiagnosisKind.DiscriminatorSaturated,
            iteration,
            appeared: _accuracy.Mean >= SaturatedAccuracy && learnsNothing && !RangesDiffer,
            passed: _accuracy.Mean < RecoveredAccuracy,
            () => $"The discriminator told real from fake in {Percent(_accuracy.Mean)} % of cases over {SaturationWindow} iterations, with a loss of " +
                $"{Figure(_discriminatorLoss.Mean)} against the generator's {Figure(_generatorLoss.Mean)}" +
                (double.IsNaN(_gradient.Mean) ? "" : $" and a generator gradient of norm {Figure(_gradient.Mean)}") +
                ". The generator has little to learn from. A lower learning rate of the discriminator, a penalty such as R1, SpectralNorm layers, " +
                "or augmentation where samples are few usually helps.");
    }

    private Diagnosis? Plateau(StepResult step)
    {
        double[] losses = [step.Discriminator.RealLoss, step.Discriminator.FakeLoss, step.Generator.Loss];
        var pinned = Array.Find(losses, loss => Array.Exists(_plateaus, plateau => Math.Abs(loss - plateau) < PlateauWidth));
        _pinned = lossesAreClipped && pinned != 0 ? _pinned + 1 : 0;
        return Judge(
            DiagnosisKind.LossPinned,
            step.Iteration,
            appeared: _pinned >= PlateauWindow,
            passed: _pinned == 0,
            () => $"A loss stood at {Figure(pinned)} for {PlateauWindow} iterations: there probabilities are clipped, and no gradient comes through. " +
                "Go back to an earlier checkpoint. A discriminator that ends in logits, with AdversarialLoss.NonSaturating() in place of " +
                "BinaryCrossEntropyOnProbabilities(), has no such plateau.");
    }

    private Diagnosis? Judge(DiagnosisKind kind, long iteration, bool appeared, bool passed, Func<string> words)
    {
        if (passed)
        {
            _present.Remove(kind);
        }

        return appeared && !_present.ContainsKey(kind) ? _present[kind] = new Diagnosis(kind, iteration, words()) : null;
    }

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Figure(double value) =>
        value.ToString(Math.Abs(value) is > 0 and < 0.001 ? "0.#E-0" : "0.####", CultureInfo.InvariantCulture);
}
