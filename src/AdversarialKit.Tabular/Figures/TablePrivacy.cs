namespace AdversarialKit;

/// <summary>
/// Holds synthetic rows against those that were learned from. What it says is about copies and near copies; it is no proof that nothing about a person can
/// be told from a synthetic table, which only differential privacy gives, and this library does not.
/// </summary>
public static class TablePrivacy
{
    private const double NearShare = 0.05;

    /// <summary>Compares.</summary>
    /// <param name="learned">The rows that were learned from.</param>
    /// <param name="heldOut">Real rows that were not.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="rows">How many of the last two are looked at, from the first on. At least 1; 1,000 by default.</param>
    /// <returns>The figures, over the columns that all three have and that are neither identifiers nor free text.</returns>
    /// <exception cref="TableException">A table has no rows, or they have no column in common.</exception>
    public static PrivacyFigures Compare(Table learned, Table heldOut, Table synthetic, int rows = 1000) => Compare(learned, heldOut, synthetic, [], rows);

    /// <summary>Compares tables whose columns are known.</summary>
    /// <param name="learned">The rows that were learned from.</param>
    /// <param name="heldOut">Real rows that were not.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="columns">What is known, such as <see cref="TableSynthesizer.Columns"/>: kinds that a builder was told hold here, too. Other columns are found.</param>
    /// <param name="rows">How many of the last two tables are looked at, from the first on. At least 1; 1,000 by default.</param>
    /// <returns>The figures, over the columns that all three have and that are neither identifiers nor free text.</returns>
    /// <exception cref="TableException">A table has no rows, or they have no column in common.</exception>
    public static PrivacyFigures Compare(Table learned, Table heldOut, Table synthetic, IReadOnlyList<TableColumnInfo> columns, int rows = 1000)
    {
        ArgumentNullException.ThrowIfNull(learned);
        ArgumentNullException.ThrowIfNull(heldOut);
        ArgumentNullException.ThrowIfNull(synthetic);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        var infos = new ColumnFinding(learned).FindShared(columns, heldOut, synthetic);
        var (ofSynthetic, ofHeldOut) = (Nearest(learned, synthetic, infos, rows), Nearest(learned, heldOut, infos, rows));
        return new PrivacyFigures
        {
            Copies = ofSynthetic.Count(distance => distance == 0),
            HeldOutCopies = ofHeldOut.Count(distance => distance == 0),
            Distance = Median(ofSynthetic),
            HeldOutDistance = Median(ofHeldOut),
            TooNear = TooNear(ofSynthetic, ofHeldOut),
            Rows = ofSynthetic.Length,
        };
    }

    // Where several held-out rows lie at the limit, as many of the synthetic ones there count as make the held-out share of all 5 %.
    private static double TooNear(double[] synthetic, double[] heldOut)
    {
        var limit = heldOut.Order().ElementAt((int)(NearShare * heldOut.Length));
        var ofLimit = (NearShare - Share(heldOut, distance => distance < limit)) / Share(heldOut, distance => distance == limit);
        return Share(synthetic, distance => distance < limit) + (ofLimit * Share(synthetic, distance => distance == limit));
    }

    private static double Share(double[] distances, Func<double, bool> counts) => (double)distances.Count(counts) / distances.Length;

    private static double Median(double[] distances) => distances.Order().ElementAt(distances.Length / 2);

    private static double[] Nearest(Table learned, Table others, List<TableColumnInfo> infos, int rows)
    {
        var views = TableSimilarity.Views(learned, others, infos);
        var (from, to) = (views.Select(Coordinates).ToArray(), views.Select(LearnedCoordinates).ToArray());
        var nearest = new double[Math.Min(rows, others.RowCount)];
        _ = Parallel.For(0, nearest.Length, row => nearest[row] = Nearest(row, from, to, learned.RowCount));
        return nearest;
    }

    private static double Nearest(int row, double[][] from, double[][] to, int count)
    {
        var least = double.PositiveInfinity;
        for (var other = 0; other < count; other++)
        {
            double sum = 0;
            for (var c = 0; c < from.Length && sum < least; c++)
            {
                // A category's coordinates are its number times 2: any other one is 1 away, as the greatest number is.
                sum += Math.Min(1, Math.Abs(from[c][row] - to[c][other]));
            }

            least = Math.Min(least, sum);
        }

        return least / from.Length;
    }

    private static double[] Coordinates(ColumnView view) => Scaled(view, view.SyntheticNumbers, view.SyntheticCells);

    private static double[] LearnedCoordinates(ColumnView view) => Scaled(view, view.RealNumbers, view.RealCells);

    private static double[] Scaled(ColumnView view, IReadOnlyList<double> numbers, IReadOnlyList<string?> cells)
    {
        if (!view.IsNumeric)
        {
            return [.. cells.Select(view.NumberOf).Select(number => 2.0 * number)];
        }

        var range = Math.Max(1e-12, view.Info.Maximum - view.Info.Minimum);
        return [.. numbers.Select(number => double.IsNaN(number) ? -2 : (number - view.Info.Minimum) / range)];
    }
}
