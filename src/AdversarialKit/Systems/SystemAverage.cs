namespace AdversarialKit;

/// <summary>The moving average of a network's weights.</summary>
/// <param name="Network">The network.</param>
/// <param name="Average">Its average.</param>
/// <param name="Group">The name of its file in checkpoints.</param>
internal sealed record SystemAverage(Network Network, GeneratorAverage Average, string Group);
