namespace AdversarialKit;

/// <summary>Makes rows with a generator: codes are drawn here, from its logits, so that a seed says all.</summary>
internal sealed class RowMaker(RowGenerator generator, RowLayout layout, IReadOnlyList<IColumnCodec> codecs, IReadOnlyList<double[]> shares, int latent)
{
    private const int AtOnce = 2000;

    private readonly int[] _open = [.. Enumerable.Range(0, layout.Blocks.Count).Where(b => layout.Blocks[b] > 1)];
    private readonly double[][] _upTo = [.. shares.Select(ConditionDraws.Cumulated)];

    /// <summary>Makes rows. Without a wish each has a condition of its own: a column by chance, a code by its share among real rows.</summary>
    public MadeRows Make(int count, (int Column, int Code)? wish, bool conditional, Random random)
    {
        var codes = codecs.Select(_ => new int[count]).ToArray();
        var values = codecs.Select(codec => codec.HasPosition ? new double[count] : []).ToArray();
        using var torch = new Generator((ulong)random.NextInt64());
        generator.eval();
        for (var start = 0; start < count; start += AtOnce)
        {
            var size = Math.Min(AtOnce, count - start);
            using var scope = NewDisposeScope();
            using var noGraph = no_grad();
            var condition = new float[size * layout.CodeCount];
            for (var i = 0; i < size && conditional; i++)
            {
                var (column, code) = wish ?? DrawCondition(random);
                condition[(i * layout.CodeCount) + layout.Starts[column] + code] = 1;
            }

            var (positions, logits) = generator.Parts(randn([size, latent], generator: torch), tensor(condition, [size, layout.CodeCount]));
            Draw(codes, values, start, new Numbers(condition, Floats(positions), Floats(logits)), random);
        }

        return new MadeRows(codes, values);
    }

    // Where no column is a number there are no positions, and TorchSharp throws on reading nothing.
    private static float[] Floats(Tensor tensor) => tensor.numel() == 0 ? [] : tensor.contiguous().data<float>().ToArray();

    private (int Column, int Code) DrawCondition(Random random)
    {
        var column = _open[random.Next(_open.Length)];
        return (column, ConditionDraws.Pick(_upTo[column], random));
    }

    private void Draw(int[][] codes, double[][] values, int start, Numbers made, Random random)
    {
        var size = made.Logits.Length / layout.CodeCount;
        for (var c = 0; c < codecs.Count; c++)
        {
            for (var i = 0; i < size; i++)
            {
                var place = (i * layout.CodeCount) + layout.Starts[c];
                var named = made.Condition.AsSpan(place, layout.Blocks[c]).IndexOf(1f);
                var code = named >= 0 ? named : Softmax(made.Logits.AsSpan(place, layout.Blocks[c]), random);
                codes[c][start + i] = code;
                if (codecs[c] is NumberCodec { HasPosition: true } numbers)
                {
                    var position = made.Positions[(i * layout.PositionCount) + layout.PositionOf[c]];
                    values[c][start + i] = code < numbers.Modes ? numbers.Value(code, position)!.Value : double.NaN;
                }
            }
        }
    }

    private static int Softmax(ReadOnlySpan<float> logits, Random random)
    {
        var greatest = logits[0];
        foreach (var logit in logits)
        {
            greatest = Math.Max(greatest, logit);
        }

        double sum = 0;
        foreach (var logit in logits)
        {
            sum += Math.Exp(logit - greatest);
        }

        var left = random.NextDouble() * sum;
        for (var k = 0; k < logits.Length - 1; k++)
        {
            left -= Math.Exp(logits[k] - greatest);
            if (left < 0)
            {
                return k;
            }
        }

        return logits.Length - 1;
    }

    private sealed record Numbers(float[] Condition, float[] Positions, float[] Logits);
}
