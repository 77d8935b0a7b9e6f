namespace AdversarialKit;

/// <summary>A report as named numbers, and back; what was not measured is NaN.</summary>
internal static class QualityColumns
{
    public static IReadOnlyList<(string Name, Func<QualityReport, double> Read)> All { get; } =
    [
        ("samples", q => q.Samples),
        ("frechet", q => q.Frechet),
        ("kernel", q => q.Kernel),
        ("kernelError", q => q.KernelError),
        ("precision", q => q.Precision),
        ("recall", q => q.Recall),
        ("density", q => q.Density),
        ("coverage", q => q.Coverage),
        ("score", q => q.Score ?? double.NaN),
        ("scoreDeviation", q => q.ScoreDeviation ?? double.NaN),
        ("confidence", q => q.Confidence ?? double.NaN),
        ("modes", q => q.Modes ?? double.NaN),
        ("classDivergence", q => q.ClassDivergence ?? double.NaN),
    ];

    public static QualityReport Report(Func<string, double> number)
    {
        return new QualityReport(
            (long)number("samples"),
            number("frechet"),
            number("kernel"),
            number("kernelError"),
            number("precision"),
            number("recall"),
            number("density"),
            number("coverage"),
            Measured("score"),
            Measured("scoreDeviation"),
            Measured("confidence"),
            (int?)Measured("modes"),
            Measured("classDivergence"),
            []);

        double? Measured(string name) => number(name) is var value && double.IsNaN(value) ? null : value;
    }
}
