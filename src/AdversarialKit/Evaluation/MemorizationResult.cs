namespace AdversarialKit;

/// <summary>What <see cref="Memorization"/> computes.</summary>
/// <param name="CloserShare">How often a generated sample is nearer to the training set than a held-out one, ties counting half, 0 to 1: 0.5 for a perfect generator, towards 1 for one that copies, towards 0 for one that is off.</param>
/// <param name="ZScore">The same as a standard score: below -3 the generator copies; above 3 it is off.</param>
/// <param name="ExactCopies">Generated samples that equal a training sample feature for feature.</param>
/// <param name="MedianGeneratedDistance">The median distance of a generated sample to its nearest training sample.</param>
/// <param name="MedianHoldoutDistance">The median distance of a held-out sample to its nearest training sample.</param>
/// <param name="Warnings">What makes the figures doubtful; empty if nothing does.</param>
public sealed record MemorizationResult(
    double CloserShare,
    double ZScore,
    long ExactCopies,
    double MedianGeneratedDistance,
    double MedianHoldoutDistance,
    IReadOnlyList<string> Warnings);
