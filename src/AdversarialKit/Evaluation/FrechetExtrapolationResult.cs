namespace AdversarialKit;

/// <summary>What <see cref="FrechetExtrapolation"/> computes.</summary>
/// <param name="Value">The intercept of the fit: the distance at infinitely many generated samples. Lower is better; noise may make it slightly negative.</param>
/// <param name="Slope">The slope of the fit over 1/N: how fast the bias falls with the number of samples.</param>
/// <param name="RSquared">The share of the distances' variance that the fit explains, 0 to 1; the fit is sound near 1. NaN if all distances are equal.</param>
/// <param name="Warnings">What makes the figure doubtful; empty if nothing does.</param>
public sealed record FrechetExtrapolationResult(double Value, double Slope, double RSquared, IReadOnlyList<string> Warnings);
