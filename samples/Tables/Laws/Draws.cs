using System.Globalization;
using AdversarialKit;

namespace Tables;

/// <summary>Draws of one row after the other, gathered as columns of text.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<string, List<string?>> _columns = [];

    public double Uniform() => _random.NextDouble();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    public bool Chance(double share) => _random.NextDouble() < share;

    public T Pick<T>(params (T Value, double Share)[] choices)
    {
        var left = _random.NextDouble() * choices.Sum(choice => choice.Share);
        foreach (var (value, share) in choices)
        {
            left -= share;
            if (left < 0)
            {
                return value;
            }
        }

        return choices[^1].Value;
    }

    public void Add(string column, string? cell)
    {
        if (!_columns.TryGetValue(column, out var cells))
        {
            _columns.Add(column, cells = []);
        }

        cells.Add(cell);
    }

    public void Add(string column, double number, int decimals = 0) =>
        Add(column, number.ToString($"F{decimals}", CultureInfo.InvariantCulture));

    public void Add(string column, bool flag) => Add(column, flag ? "yes" : "no");

    public Table ToTable() => Table.Of([.. _columns.Select(column => (column.Key, (IEnumerable<string?>)column.Value))]);
}
