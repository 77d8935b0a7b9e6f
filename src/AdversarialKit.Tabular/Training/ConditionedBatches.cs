namespace AdversarialKit;

/// <summary>Batches of real rows with the condition by which each was drawn.</summary>
internal sealed class ConditionedBatches(EncodedRows rows, RowLayout layout, int batchSize, bool conditional, Random random) : IBatchSource
{
    private readonly ConditionDraws _draws = new(rows, layout);
    private readonly float[] _real = new float[batchSize * (layout.Width + layout.CodeCount)];
    private readonly float[] _condition = new float[batchSize * layout.CodeCount];

    public long? BatchesPerEpoch => Math.Max(1, rows.Count / batchSize);

    public Batch? NextBatch()
    {
        Array.Clear(_real);
        Array.Clear(_condition);
        var width = layout.Width + layout.CodeCount;
        for (var i = 0; i < batchSize; i++)
        {
            var real = _real.AsSpan(i * width, width);
            if (!conditional)
            {
                rows.Write(random.Next(rows.Count), real);
                continue;
            }

            var (column, code, row) = _draws.Draw(random);
            rows.Write(row, real);
            real[layout.Width + layout.Starts[column] + code] = 1;
            _condition[(i * layout.CodeCount) + layout.Starts[column] + code] = 1;
        }

        return new Batch(tensor(_real, [batchSize, width]), tensor(_condition, [batchSize, layout.CodeCount]));
    }
}
