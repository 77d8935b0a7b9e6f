using System.Globalization;
using AdversarialKit;

namespace Tables;

/// <summary>
/// The second baseline, as the "synthetic data vault" has it: ranks of each column as normal numbers, their correlations, and back. Categories are
/// ranked by frequency, as their order means nothing. It knows what one correlation a pair can say, and no more.
/// </summary>
internal sealed class GaussianCopula
{
    private readonly Table _table;
    private readonly int[][] _order;
    private readonly double[,] _root;

    public GaussianCopula(Table table, int seed)
    {
        _table = table;
        var random = new Random(seed);
        _order = [.. table.Columns.Select(column => Order(table, column, random))];
        var scores = _order.Select(Scores).ToArray();
        _root = Root(Correlations(scores));
    }

    public Table Sample(int count, int seed)
    {
        var draws = new Draws(seed);
        var columns = _table.Columns.Count;
        var cells = _table.Columns.Select(_ => new string?[count]).ToArray();
        for (var row = 0; row < count; row++)
        {
            var normal = Enumerable.Range(0, columns).Select(_ => draws.Normal()).ToArray();
            for (var c = 0; c < columns; c++)
            {
                var score = Enumerable.Range(0, c + 1).Sum(k => _root[c, k] * normal[k]);
                var place = Math.Min((int)(NormalShare(score) * _table.RowCount), _table.RowCount - 1);
                cells[c][row] = _table[_order[c][place], _table.Columns[c]];
            }
        }

        return Table.Of([.. _table.Columns.Select((column, c) => (column, (IEnumerable<string?>)cells[c]))]);
    }

    // Rows in the order of the column's values; equal ones, as those of a category are, in an order by chance.
    private static int[] Order(Table table, string column, Random random)
    {
        var cells = Enumerable.Range(0, table.RowCount).Select(row => table[row, column]).ToArray();
        var numeric = cells.All(cell => cell is null || double.TryParse(cell, CultureInfo.InvariantCulture, out _) || DateTime.TryParse(cell, CultureInfo.InvariantCulture, out _));
        var frequency = cells.GroupBy(cell => cell ?? "").ToDictionary(group => group.Key, group => group.Count());
        var keys = cells.Select(cell => numeric ? Number(cell) : -frequency[cell ?? ""]).ToArray();
        return [.. Enumerable.Range(0, cells.Length).OrderBy(row => keys[row]).ThenBy(row => cells[row], StringComparer.Ordinal).ThenBy(_ => random.Next())];
    }

    private static double Number(string? cell) => cell is null ? double.NegativeInfinity
        : double.TryParse(cell, CultureInfo.InvariantCulture, out var number) ? number
        : DateTime.Parse(cell, CultureInfo.InvariantCulture).Ticks;

    private static double[] Scores(int[] order)
    {
        var scores = new double[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            scores[order[place]] = NormalQuantile((place + 0.5) / order.Length);
        }

        return scores;
    }

    private static double[,] Correlations(double[][] scores)
    {
        var correlations = new double[scores.Length, scores.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var (first, second) = (scores[i], scores[j]);
                correlations[i, j] = i == j ? 1 : 0.999 * first.Zip(second, (a, b) => a * b).Average();
            }
        }

        return correlations;
    }

    // Cholesky: the lower triangle whose product with itself are the correlations.
    private static double[,] Root(double[,] matrix)
    {
        var size = matrix.GetLength(0);
        var root = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var rest = matrix[i, j] - Enumerable.Range(0, j).Sum(k => root[i, k] * root[j, k]);
                root[i, j] = i == j ? Math.Sqrt(Math.Max(1e-9, rest)) : rest / root[j, j];
            }
        }

        return root;
    }

    // Share of a normal distribution below x: Abramowitz and Stegun 7.1.26, to 1.5e-7.
    private static double NormalShare(double x)
    {
        var t = 1 / (1 + (0.3275911 * Math.Abs(x) / Math.Sqrt(2)));
        var error = 1 - (t * Math.Exp(-x * x / 2) * (0.254829592 + (t * (-0.284496736 + (t * (1.421413741 + (t * (-1.453152027 + (t * 1.061405429)))))))));
        return x >= 0 ? (1 + error) / 2 : (1 - error) / 2;
    }

    private static double NormalQuantile(double share)
    {
        var (low, high) = (-6.0, 6.0);
        for (var i = 0; i < 40; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = NormalShare(middle) < share ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
