using System.Globalization;
using static TorchSharp.torch;

namespace GanTable;

/// <summary>Named columns of numbers.</summary>
internal sealed record Table(string[] Columns, float[][] Rows)
{
    /// <summary>Reads a file whose first line names the columns, separated by commas.</summary>
    public static Table Read(string path)
    {
        var lines = File.ReadAllLines(path).Where(line => line.Length > 0).ToList();
        if (lines.Count < 3)
        {
            throw new InvalidDataException($"{path} has {lines.Count} lines; it needs one of names and at least 2 of numbers.");
        }

        var columns = lines[0].Split(',');
        return new Table(columns, lines.Skip(1).Select((line, i) => Row(path, line, i + 2, columns.Length)).ToArray());
    }

    /// <summary>People whose height, weight and step depend on their age and on each other.</summary>
    public static Table MadeUp(int rows)
    {
        var random = new Random(1);
        var people = Enumerable.Range(0, rows).Select(_ =>
        {
            var age = 18 + 60 * random.NextDouble();
            var height = 170 + 8 * Normal(random) - 0.05 * age;
            var weight = 0.9 * (height - 100) + 6 * Normal(random) + 0.1 * age;
            return new[] { (float)age, (float)height, (float)weight, (float)(0.42 * height + 2 * Normal(random)) };
        });
        return new Table(["age", "height", "weight", "step"], people.ToArray());
    }

    /// <summary>The same columns with other rows [N, columns].</summary>
    public Table With(Tensor rows)
    {
        var values = rows.contiguous().data<float>().ToArray();
        return this with { Rows = values.Chunk(Columns.Length).ToArray() };
    }

    public void Save(string path) => File.WriteAllLines(
        path, Rows.Select(row => string.Join(',', row.Select(value => value.ToString(CultureInfo.InvariantCulture)))).Prepend(string.Join(',', Columns)));

    private static float[] Row(string path, string line, int number, int columns)
    {
        var cells = line.Split(',');
        var values = cells.Select(cell => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : float.NaN).ToArray();
        return values.Length == columns && Array.TrueForAll(values, float.IsFinite)
            ? values
            : throw new InvalidDataException($"Line {number} of {path} is '{line}'; it must be {columns} numbers with commas between them.");
    }

    // Box and Muller 1958
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
