namespace RingOfGaussians;

/// <summary>What an objective learned.</summary>
/// <param name="Objective">Its name.</param>
/// <param name="Covered">Modes covered, of 8.</param>
/// <param name="Good">Share of good samples.</param>
/// <param name="Elapsed">Time of training.</param>
/// <param name="Points">The judged samples, x and y in turn.</param>
internal sealed record Outcome(string Objective, int Covered, double Good, TimeSpan Elapsed, float[] Points);
