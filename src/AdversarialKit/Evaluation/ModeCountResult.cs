namespace AdversarialKit;

/// <summary>What <see cref="ModeCount"/> computes.</summary>
/// <param name="Modes">The number of classes found often enough to count; at best the number of classes.</param>
/// <param name="Divergence">The Kullback-Leibler divergence of the generated from the reference shares of classes, in nats; 0 for equal shares, infinite where a class was generated that the reference does not have.</param>
/// <param name="Counts">How many samples fell into each class.</param>
/// <param name="Warnings">What makes the figures doubtful; empty if nothing does.</param>
public sealed record ModeCountResult(int Modes, double Divergence, IReadOnlyList<long> Counts, IReadOnlyList<string> Warnings);
