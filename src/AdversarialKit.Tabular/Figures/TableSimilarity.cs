namespace AdversarialKit;

/// <summary>Holds a synthetic table against a real one.</summary>
public static class TableSimilarity
{
    /// <summary>Compares two tables. Identifiers, free text and columns that the synthetic table lacks are left out.</summary>
    /// <param name="real">Real rows: best ones that were not learned from.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <returns>The figures. Two halves of a real table do not reach 1 either: the fewer rows, the further they are from it.</returns>
    /// <exception cref="TableException">A table has no rows, or they have no column in common.</exception>
    public static TableFigures Compare(Table real, Table synthetic) => Compare(real, synthetic, []);

    /// <summary>Compares two tables whose columns are known. Identifiers, free text and columns that the synthetic table lacks are left out.</summary>
    /// <param name="real">Real rows: best ones that were not learned from.</param>
    /// <param name="synthetic">Synthetic rows.</param>
    /// <param name="columns">What is known, such as <see cref="TableSynthesizer.Columns"/>: kinds that a builder was told hold here, too. Other columns are found.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="TableException">A table has no rows, or they have no column in common.</exception>
    public static TableFigures Compare(Table real, Table synthetic, IReadOnlyList<TableColumnInfo> columns)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(synthetic);
        ArgumentNullException.ThrowIfNull(columns);
        return Over(new ColumnFinding(real).FindShared(columns, synthetic), real, synthetic);
    }

    /// <summary>Compares these columns and no others.</summary>
    internal static TableFigures Over(IReadOnlyList<TableColumnInfo> infos, Table real, Table synthetic)
    {
        var views = Views(real, synthetic, infos);
        var pairs = new List<PairFigure>();
        for (var i = 0; i < views.Count; i++)
        {
            for (var j = i + 1; j < views.Count; j++)
            {
                pairs.Add(Pair(views[i], views[j]));
            }
        }

        return new TableFigures([.. views.Select(view => new ColumnFigure(view.Name, view.Similarity()))], pairs);
    }

    internal static List<ColumnView> Views(Table real, Table synthetic, IReadOnlyList<TableColumnInfo> infos)
    {
        if (real.RowCount == 0 || synthetic.RowCount == 0)
        {
            throw new TableException($"{(real.RowCount == 0 ? "The real" : "The synthetic")} table has no rows; there is nothing to compare.");
        }

        var views = infos
            .Where(info => info.Kind is not (ColumnKind.Identifier or ColumnKind.Text) && synthetic.Has(info.Name))
            .Select(info => new ColumnView(info, real, synthetic))
            .ToList();
        return views.Count > 0
            ? views
            : throw new TableException($"The tables have no column in common that can be compared: {Text.List(real.Columns)} and {Text.List(synthetic.Columns)}.");
    }

    private static PairFigure Pair(ColumnView first, ColumnView second)
    {
        var (real, synthetic) = (Joint(first, second, first.Real, second.Real), Joint(first, second, first.Synthetic, second.Synthetic));
        var difference = 0.0;
        for (var i = 0; i < first.Classes; i++)
        {
            for (var j = 0; j < second.Classes; j++)
            {
                difference += Math.Abs(real[i, j] - synthetic[i, j]) / 2;
            }
        }

        return new PairFigure(first.Name, second.Name, 1 - difference, Association(real), Association(synthetic));
    }

    private static double[,] Joint(ColumnView first, ColumnView second, int[] ofFirst, int[] ofSecond)
    {
        var joint = new double[first.Classes, second.Classes];
        for (var row = 0; row < ofFirst.Length; row++)
        {
            joint[ofFirst[row], ofSecond[row]] += 1.0 / ofFirst.Length;
        }

        return joint;
    }

    // Cramer's V: the root of chi square over its greatest value.
    private static double Association(double[,] joint)
    {
        var (rows, columns) = (new double[joint.GetLength(0)], new double[joint.GetLength(1)]);
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                rows[i] += joint[i, j];
                columns[j] += joint[i, j];
            }
        }

        var chi = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                var expected = rows[i] * columns[j];
                chi += expected > 0 ? (joint[i, j] - expected) * (joint[i, j] - expected) / expected : 0;
            }
        }

        var freedom = Math.Min(rows.Count(share => share > 0), columns.Count(share => share > 0)) - 1;
        return freedom > 0 ? Math.Sqrt(chi / freedom) : 0;
    }
}
