namespace AdversarialKit;

/// <summary>What <see cref="PathLength"/> measures.</summary>
/// <param name="Value">The mean squared speed along latent paths, in squared units of the features; lower is smoother.</param>
/// <param name="StandardError">The standard error of <paramref name="Value"/>.</param>
/// <param name="Median">The median squared speed; far below <paramref name="Value"/> where few paths jump.</param>
/// <param name="Warnings">What makes the figures doubtful; empty if nothing does.</param>
public sealed record PathLengthResult(double Value, double StandardError, double Median, IReadOnlyList<string> Warnings);
