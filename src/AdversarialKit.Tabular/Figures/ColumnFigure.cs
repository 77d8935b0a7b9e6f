namespace AdversarialKit;

/// <summary>How alike a column is in two tables.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Similarity">1 minus the greatest difference of the cumulative shares (numbers, dates; Kolmogorov and Smirnov) or half the sum of all differences of shares (categories); 0 to 1.</param>
public sealed record ColumnFigure(string Column, double Similarity);
