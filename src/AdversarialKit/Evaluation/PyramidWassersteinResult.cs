namespace AdversarialKit;

/// <summary>What <see cref="PyramidWassersteinDistance"/> computes.</summary>
/// <param name="Value">The mean of the levels' distances; lower is better.</param>
/// <param name="Levels">The levels, the finest first.</param>
/// <param name="Warnings">What makes the figures doubtful; empty if nothing does.</param>
public sealed record PyramidWassersteinResult(double Value, IReadOnlyList<PyramidWassersteinLevel> Levels, IReadOnlyList<string> Warnings);
