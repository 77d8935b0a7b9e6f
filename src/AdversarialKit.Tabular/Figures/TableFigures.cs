namespace AdversarialKit;

/// <summary>How alike two tables are, column by column and pair by pair.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Pairs">All pairs of them.</param>
public sealed record TableFigures(IReadOnlyList<ColumnFigure> Columns, IReadOnlyList<PairFigure> Pairs)
{
    /// <summary>The mean over the columns, 0 to 1.</summary>
    public double ColumnSimilarity => Columns.Average(figure => figure.Similarity);

    /// <summary>The mean over the pairs, 0 to 1; 1 where there is one column only.</summary>
    public double PairSimilarity => Pairs.Count == 0 ? 1 : Pairs.Average(figure => figure.Similarity);
}
