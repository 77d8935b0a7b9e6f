namespace AdversarialKit;

/// <summary>
/// Training by sampling (Xu et al. 2019, section 4.3): a column by chance, a code of it by the logarithm of its frequency, so that rare codes are seen, and a row that has it.
/// </summary>
internal sealed class ConditionDraws
{
    private readonly int[] _columns;
    private readonly int[][][] _rows;
    private readonly double[][] _trainingUpTo;
    private readonly int _count;

    public ConditionDraws(EncodedRows rows, RowLayout layout)
    {
        _count = rows.Count;
        _columns = [.. Enumerable.Range(0, layout.Blocks.Count).Where(b => layout.Blocks[b] > 1)];
        _rows = [.. _columns.Select(column => RowsByCode(rows.CodesOf(column), layout.Blocks[column]))];
        _trainingUpTo = [.. _rows.Select(codes => Cumulated(codes.Select(inCode => inCode.Length == 0 ? 0 : Math.Log(inCode.Length + 1))))];
    }

    /// <summary>A column, a code of it, and a row that has it.</summary>
    public (int Column, int Code, int Row) Draw(Random random)
    {
        var place = random.Next(_columns.Length);
        var code = Pick(_trainingUpTo[place], random);
        var rows = _rows[place][code];
        return (_columns[place], code, rows[random.Next(rows.Length)]);
    }

    public static double[] Cumulated(IEnumerable<double> weights)
    {
        double sum = 0;
        return [.. weights.Select(weight => sum += weight)];
    }

    public static int Pick(double[] upTo, Random random)
    {
        var place = Array.BinarySearch(upTo, random.NextDouble() * upTo[^1]);
        place = place < 0 ? ~place : place + 1;
        // Codes of weight 0 end where the one before them ends.
        while (place > 0 && (place >= upTo.Length || upTo[place] == upTo[place - 1]))
        {
            place--;
        }

        return place;
    }

    private int[][] RowsByCode(int[] codes, int count)
    {
        var rows = Enumerable.Range(0, count).Select(_ => new List<int>()).ToArray();
        for (var row = 0; row < _count; row++)
        {
            rows[codes[row]].Add(row);
        }

        return [.. rows.Select(inCode => inCode.ToArray())];
    }
}
