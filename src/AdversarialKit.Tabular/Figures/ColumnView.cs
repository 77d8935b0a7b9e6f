using System.Globalization;

namespace AdversarialKit;

/// <summary>A column of two tables, in classes that the real one says: fifths of numbers, frequent categories, and what is missing.</summary>
internal sealed class ColumnView
{
    private const int Parts = 5;
    private const int FewValues = 8;

    private readonly double[]? _realNumbers;
    private readonly double[]? _syntheticNumbers;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly string?[] _realCells;
    private readonly string?[] _syntheticCells;

    public ColumnView(TableColumnInfo info, Table real, Table synthetic)
    {
        Info = info;
        (_realCells, _syntheticCells) = (real.Column(info.Name).Cells, synthetic.Column(info.Name).Cells);
        if (info.Kind is ColumnKind.Number or ColumnKind.Date)
        {
            (_realNumbers, _syntheticNumbers) = (Numbers(_realCells, real.Culture), Numbers(_syntheticCells, synthetic.Culture));
            var edges = Edges(_realNumbers);
            Classes = edges.Length + 2;
            (Real, Synthetic) = (Classify(_realNumbers, edges), Classify(_syntheticNumbers, edges));
            return;
        }

        var frequent = Frequent().Take(FewValues).Select((cell, place) => (cell, place)).ToDictionary(c => c.cell, c => c.place, StringComparer.Ordinal);
        Classes = FewValues + 2;
        (Real, Synthetic) = (Classify(_realCells, frequent), Classify(_syntheticCells, frequent));
    }

    public TableColumnInfo Info { get; }

    public string Name => Info.Name;

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>The class of each real row.</summary>
    public int[] Real { get; }

    /// <summary>The class of each synthetic row.</summary>
    public int[] Synthetic { get; }

    /// <summary>Whether its values are numbers or dates.</summary>
    public bool IsNumeric => _realNumbers is not null;

    /// <summary>Numbers of the real rows, in order of rows; NaN where missing.</summary>
    public IReadOnlyList<double> RealNumbers => _realNumbers ?? [];

    /// <summary>Numbers of the synthetic rows.</summary>
    public IReadOnlyList<double> SyntheticNumbers => _syntheticNumbers ?? [];

    /// <summary>Cells of the real rows.</summary>
    public IReadOnlyList<string?> RealCells => _realCells;

    /// <summary>Cells of the synthetic rows.</summary>
    public IReadOnlyList<string?> SyntheticCells => _syntheticCells;

    /// <summary>A number for each different cell, from 0; the same one for the same cell.</summary>
    public int NumberOf(string? cell)
    {
        if (!_numbers.TryGetValue(cell ?? "", out var number))
        {
            _numbers.Add(cell ?? "", number = _numbers.Count);
        }

        return number;
    }

    /// <summary>Shares of the values, the most frequent real ones first.</summary>
    public IEnumerable<(string Value, double Real, double Synthetic)> Shares()
    {
        var (real, synthetic) = (Counts(_realCells), Counts(_syntheticCells));
        return real.Keys.Union(synthetic.Keys)
            .Select(value => (value, (double)real.GetValueOrDefault(value) / _realCells.Length, (double)synthetic.GetValueOrDefault(value) / _syntheticCells.Length))
            .OrderByDescending(share => share.Item2);
    }

    public double Similarity() => _realNumbers is { } real
        ? 1 - GreatestDifference([.. real.Order()], [.. _syntheticNumbers!.Order()])
        : 1 - (Shares().Sum(share => Math.Abs(share.Real - share.Synthetic)) / 2);

    // NaN sorts below all numbers: a missing value is one of its own.
    private static double GreatestDifference(double[] first, double[] second)
    {
        var (i, j, greatest) = (0, 0, 0.0);
        while (i < first.Length && j < second.Length)
        {
            var value = first[i].CompareTo(second[j]) <= 0 ? first[i] : second[j];
            while (i < first.Length && first[i].CompareTo(value) <= 0)
            {
                i++;
            }

            while (j < second.Length && second[j].CompareTo(value) <= 0)
            {
                j++;
            }

            greatest = Math.Max(greatest, Math.Abs(((double)i / first.Length) - ((double)j / second.Length)));
        }

        return greatest;
    }

    private double[] Numbers(string?[] cells, CultureInfo culture)
    {
        var format = new NumberFormat(Info, culture);
        return [.. cells.Select(cell => cell is null ? double.NaN : format.Read(cell))];
    }

    private static double[] Edges(double[] numbers)
    {
        var present = numbers.Where(number => !double.IsNaN(number)).Order().ToArray();
        var distinct = present.Distinct().ToArray();
        return distinct.Length <= FewValues
            ? [.. distinct.Skip(1)]
            : [.. Enumerable.Range(1, Parts - 1).Select(part => present[part * present.Length / Parts]).Distinct()];
    }

    // Class 0 is what is missing; a number's is 1 more than the edges that it has reached.
    private static int[] Classify(double[] numbers, double[] edges) =>
        [.. numbers.Select(number => double.IsNaN(number) ? 0 : 1 + edges.Count(edge => number >= edge))];

    private static int[] Classify(string?[] cells, Dictionary<string, int> frequent) =>
        [.. cells.Select(cell => cell is null ? FewValues + 1 : frequent.GetValueOrDefault(cell, FewValues))];

    private IEnumerable<string> Frequent() =>
        Counts([.. _realCells.OfType<string>()]).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);

    private static Dictionary<string, int> Counts(string?[] cells)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var cell in cells)
        {
            counts[cell ?? ""] = counts.GetValueOrDefault(cell ?? "") + 1;
        }

        return counts;
    }
}
