namespace AdversarialKit;

/// <summary>What <see cref="FrechetDistance"/> computes.</summary>
/// <param name="Value">The distance, 0 or more, in squared units of the features; lower is better.</param>
/// <param name="MeanTerm">The part of it that the means account for.</param>
/// <param name="CovarianceTerm">The part of it that the covariances account for.</param>
/// <param name="Samples">The number of generated samples.</param>
/// <param name="Warnings">What makes the figure doubtful; empty if nothing does.</param>
public sealed record FrechetDistanceResult(
    double Value,
    double MeanTerm,
    double CovarianceTerm,
    long Samples,
    IReadOnlyList<string> Warnings);
