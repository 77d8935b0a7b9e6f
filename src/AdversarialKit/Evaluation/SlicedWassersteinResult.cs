namespace AdversarialKit;

/// <summary>What <see cref="SlicedWassersteinDistance"/> computes.</summary>
/// <param name="Value">The mean distance along all directions, 0 or more, in units of the features; lower is better.</param>
/// <param name="StandardError">How far <paramref name="Value"/> may be off because directions are drawn: their standard error; NaN for a single one.</param>
/// <param name="Warnings">What makes the figure doubtful; empty if nothing does.</param>
public sealed record SlicedWassersteinResult(double Value, double StandardError, IReadOnlyList<string> Warnings);
