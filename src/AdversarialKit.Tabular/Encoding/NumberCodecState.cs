namespace AdversarialKit;

/// <summary>What a <see cref="NumberCodec"/> is made of: codes are the modes in order, then the atoms, then what is missing.</summary>
internal sealed record NumberCodecState(
    IReadOnlyList<double> Weights, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations, IReadOnlyList<double> Atoms, bool HasMissing);
