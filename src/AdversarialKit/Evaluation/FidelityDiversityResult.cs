namespace AdversarialKit;

/// <summary>What <see cref="FidelityDiversity"/> computes; of every figure more is better.</summary>
/// <param name="Precision">The share of generated samples that lie among real ones, 0 to 1: fidelity.</param>
/// <param name="Recall">The share of real samples that lie among generated ones, 0 to 1: diversity.</param>
/// <param name="Density">How many real neighbourhoods a generated sample lies in, against the number expected, 0 upwards, 1 for equal distributions: fidelity, robust to outliers.</param>
/// <param name="Coverage">The share of real samples with a generated one in their neighbourhood, 0 to 1: diversity, robust to outliers.</param>
/// <param name="Warnings">What makes the figures doubtful; empty if nothing does.</param>
public sealed record FidelityDiversityResult(
    double Precision,
    double Recall,
    double Density,
    double Coverage,
    IReadOnlyList<string> Warnings);
