namespace AdversarialKit;

/// <summary>How alike synthetic rows were at one time of a fit.</summary>
/// <param name="Iteration">The iteration.</param>
/// <param name="ColumnSimilarity">Mean similarity of the columns, 0 to 1.</param>
/// <param name="PairSimilarity">Mean similarity of the pairs, 0 to 1.</param>
public readonly record struct TableFigure(long Iteration, double ColumnSimilarity, double PairSimilarity);
