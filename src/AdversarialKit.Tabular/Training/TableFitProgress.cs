namespace AdversarialKit;

/// <summary>Where a fit stands.</summary>
/// <param name="Iteration">Iterations made.</param>
/// <param name="TotalIterations">Iterations that all epochs make.</param>
/// <param name="Elapsed">Time since training began.</param>
/// <param name="Loss">The losses of this iteration.</param>
/// <param name="Figure">The last figures; null before the first ones.</param>
public sealed record TableFitProgress(long Iteration, long TotalIterations, TimeSpan Elapsed, TableLoss Loss, TableFigure? Figure);
