namespace AdversarialKit;

/// <summary>What a <see cref="ConditionalBatchNorm"/> works on.</summary>
/// <param name="Features">Features or channels.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Rank">2 for features, 4 for feature maps.</param>
internal readonly record struct ConditionalBatchNormSize(long Features, long Classes, int Rank);
