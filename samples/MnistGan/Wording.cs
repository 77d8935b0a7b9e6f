using System.Globalization;
using AdversarialKit;

namespace MnistGan;

/// <summary>Quantities as people read them.</summary>
internal static class Wording
{
    /// <summary>A length of time: <c>4.2 s</c>, <c>3:07 min</c>, <c>1:02:07 h</c>.</summary>
    public static string Span(TimeSpan time) => time switch
    {
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} h"),
    };

    /// <summary>An evaluation: <c>1000 [Frechet 67.89, precision 0.658, recall 0.128, coverage 0.299, 10 classes], the best so far</c>.</summary>
    public static string Figures(EvaluationResult evaluation) => string.Create(
        CultureInfo.InvariantCulture,
        $"{evaluation.Iteration} [{Figures(evaluation.Quality)}]{(evaluation.IsBest ? ", the best so far" : "")}");

    /// <summary>The figures that tell most.</summary>
    public static string Figures(QualityReport quality) => string.Create(
        CultureInfo.InvariantCulture,
        $"Frechet {quality.Frechet:F2}, precision {quality.Precision:F3}, recall {quality.Recall:F3}, coverage {quality.Coverage:F3}, {quality.Modes} classes");

    /// <summary>What the tuning found: <c>Tuning: An iteration takes 1 instead of 2 threads, and 1.03 of the time.</c></summary>
    public static string Tuning(TuningOutcome outcome) => $"Tuning: {outcome.Explanation}";

    /// <summary>A number of bytes: <c>9.2 MB</c>.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");
}
