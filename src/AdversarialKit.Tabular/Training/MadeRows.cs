namespace AdversarialKit;

/// <summary>Rows as a generator made them: a code and, where it is a mode, a number for each learned column.</summary>
internal sealed class MadeRows(int[][] codes, double[][] values)
{
    /// <summary>By column, then row.</summary>
    public int[][] Codes => codes;

    /// <summary>By column, then row; NaN where the code has no number.</summary>
    public double[][] Values => values;

    public int Count => codes[0].Length;

    public MadeRows Take(IReadOnlyList<int> rows) => new(
        [.. codes.Select(column => rows.Select(row => column[row]).ToArray())],
        [.. values.Select(column => column.Length == 0 ? column : rows.Select(row => column[row]).ToArray())]);
}
