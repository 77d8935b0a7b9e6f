namespace AdversarialKit;

/// <summary>What <see cref="SampleQuality"/> found; figures of classes are null where no class probabilities were given.</summary>
/// <param name="Samples">The number of generated samples.</param>
/// <param name="Frechet">The Frechet distance; lower is better.</param>
/// <param name="Kernel">The kernel distance over all samples; lower is better.</param>
/// <param name="KernelError">The standard error of the kernel distance; NaN where there are too few samples for one.</param>
/// <param name="Precision">The share of generated samples among real ones, 0 to 1.</param>
/// <param name="Recall">The share of real samples among generated ones, 0 to 1.</param>
/// <param name="Density">Fidelity that is robust to outliers, 0 upwards, 1 for equal distributions.</param>
/// <param name="Coverage">Diversity that is robust to outliers, 0 to 1.</param>
/// <param name="Score">The mean classifier score of ten parts, 1 to K; higher is better.</param>
/// <param name="ScoreDeviation">The standard deviation of the parts' scores.</param>
/// <param name="Confidence">The classifier's mean confidence, 1/K to 1. Says nothing by itself.</param>
/// <param name="Modes">The number of classes found: those of a hundredth of the samples at least, and where there are more than ten classes, of a tenth of an equal share.</param>
/// <param name="ClassDivergence">The divergence of the shares of classes from the real ones, in nats; 0 is best.</param>
/// <param name="Warnings">What makes figures doubtful; empty if nothing does.</param>
public sealed record QualityReport(
    long Samples,
    double Frechet,
    double Kernel,
    double KernelError,
    double Precision,
    double Recall,
    double Density,
    double Coverage,
    double? Score,
    double? ScoreDeviation,
    double? Confidence,
    int? Modes,
    double? ClassDivergence,
    IReadOnlyList<string> Warnings)
{
    /// <summary>One of the figures by its name.</summary>
    /// <param name="figure">Which one.</param>
    /// <returns>Its value; NaN where it needs class probabilities and there were none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="figure"/> is no such name.</exception>
    public double Value(QualityFigure figure) => figure switch
    {
        QualityFigure.Frechet => Frechet,
        QualityFigure.Kernel => Kernel,
        QualityFigure.Precision => Precision,
        QualityFigure.Recall => Recall,
        QualityFigure.Density => Density,
        QualityFigure.Coverage => Coverage,
        QualityFigure.Score => Score ?? double.NaN,
        QualityFigure.Modes => Modes ?? double.NaN,
        QualityFigure.ClassDivergence => ClassDivergence ?? double.NaN,
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "There is no such figure."),
    };

    internal string ToLine() => FormattableString.Invariant(
        $"Frechet {Frechet:G4}, kernel {Kernel:G4}, precision {Precision:F3}, recall {Recall:F3}, density {Density:F3}, coverage {Coverage:F3}")
        + (Modes is null ? "" : FormattableString.Invariant($", score {Score:F2}, modes {Modes}"));

    internal static MetricDirection DirectionOf(QualityFigure figure) =>
        figure is QualityFigure.Frechet or QualityFigure.Kernel or QualityFigure.ClassDivergence
            ? MetricDirection.LowerIsBetter
            : MetricDirection.HigherIsBetter;
}
