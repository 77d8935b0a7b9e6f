namespace AdversarialKit;

/// <summary>What <see cref="KernelDistance"/> computes.</summary>
/// <param name="Value">The unbiased estimate over all samples; lower is better, around 0 for equal distributions, and so sometimes negative.</param>
/// <param name="BlockMean">The mean of the unbiased estimates of blocks, which are the same for every order of the samples.</param>
/// <param name="StandardError">The standard error of <paramref name="BlockMean"/>, a safe bound for that of <paramref name="Value"/>; NaN where there is one block only.</param>
/// <param name="Blocks">The number of blocks.</param>
/// <param name="Warnings">What makes the figure doubtful; empty if nothing does.</param>
public sealed record KernelDistanceResult(
    double Value,
    double BlockMean,
    double StandardError,
    int Blocks,
    IReadOnlyList<string> Warnings);
