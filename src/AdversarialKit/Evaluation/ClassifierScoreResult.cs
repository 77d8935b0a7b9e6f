namespace AdversarialKit;

/// <summary>What <see cref="ClassifierScore"/> computes.</summary>
/// <param name="Value">The score of all samples together, 1 to K; higher is better.</param>
/// <param name="Mean">The mean score of the parts, which is what papers print; lower than <paramref name="Value"/> where parts are small.</param>
/// <param name="StandardDeviation">The population standard deviation of the parts' scores.</param>
/// <param name="Parts">The scores of equal parts, which are the same for every order of the samples.</param>
/// <param name="MeanConfidence">The mean of every sample's highest probability, 1/K to 1. High for a collapsed generator too.</param>
/// <param name="Warnings">What makes the figures doubtful; empty if nothing does.</param>
public sealed record ClassifierScoreResult(
    double Value,
    double Mean,
    double StandardDeviation,
    IReadOnlyList<double> Parts,
    double MeanConfidence,
    IReadOnlyList<string> Warnings);
