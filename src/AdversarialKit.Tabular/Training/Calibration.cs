namespace AdversarialKit;

/// <summary>
/// Makes margins right that training left a little wrong: rows are kept by weights that bring the shares of codes to the real ones
/// (iterative proportional fitting, Deming and Stephan 1940), numbers are mapped quantile by quantile.
/// </summary>
internal sealed class Calibration(CalibrationState state, IReadOnlyList<IColumnCodec> codecs)
{
    private const int Rounds = 30;
    private const double MostByColumn = 5;
    private const double KeptWhole = 0.98;

    public CalibrationState State => state;

    /// <summary>Finds weights and maps from rows as they are made, held against real ones.</summary>
    public static Calibration Of(MadeRows made, EncodedRows real, IReadOnlyList<IColumnCodec> codecs, IReadOnlyList<double[]> realValues, Random random)
    {
        var targets = codecs.Select((codec, c) => Facets.Shares(codec, real.CodesOf(c))).ToArray();
        var logs = Rake(made, codecs, targets, out var cap);
        var weighted = new Calibration(new CalibrationState(logs, cap, [.. codecs.Select(_ => new QuantileMap([], []))]), codecs);
        var kept = made.Take(weighted.Keep(made, null, random));
        var maps = codecs.Select((codec, c) => codec is NumberCodec { HasPosition: true }
            ? QuantileMap.Of([.. kept.Values[c].Where(double.IsFinite)], [.. realValues[c]])
            : new QuantileMap([], []));
        return new Calibration(new CalibrationState(logs, cap, [.. maps]), codecs);
    }

    /// <summary>The rows to keep, by their weights; a column that was wished for has no say.</summary>
    public List<int> Keep(MadeRows made, int? wished, Random random)
    {
        var kept = new List<int>();
        for (var row = 0; row < made.Count; row++)
        {
            var log = 0.0;
            for (var c = 0; c < codecs.Count; c++)
            {
                log += c == wished ? 0 : state.LogWeights[c][Facets.Of(codecs[c], made.Codes[c][row])];
            }

            if (random.NextDouble() < Math.Exp(log - state.LogCap))
            {
                kept.Add(row);
            }
        }

        return kept;
    }

    /// <summary>Maps the numbers of rows, in place.</summary>
    public void Map(MadeRows made)
    {
        for (var c = 0; c < codecs.Count; c++)
        {
            var values = made.Values[c];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = double.IsNaN(values[row]) ? values[row] : state.Maps[c].Map(values[row]);
            }
        }
    }

    private static double[][] Rake(MadeRows made, IReadOnlyList<IColumnCodec> codecs, double[][] targets, out double cap)
    {
        var logs = targets.Select(shares => new double[shares.Length]).ToArray();
        var facets = codecs.Select((codec, c) => made.Codes[c].Select(code => Facets.Of(codec, code)).ToArray()).ToArray();
        var rows = new double[made.Count];
        for (var round = 0; round < Rounds; round++)
        {
            for (var c = 0; c < codecs.Count; c++)
            {
                Adjust(rows, facets[c], logs[c], targets[c]);
            }
        }

        cap = rows.Order().ElementAt((int)(KeptWhole * (rows.Length - 1)));
        return logs;
    }

    private static void Adjust(double[] rows, int[] facets, double[] logs, double[] target)
    {
        var (sums, total) = (new double[target.Length], 0.0);
        for (var row = 0; row < rows.Length; row++)
        {
            var weight = Math.Exp(rows[row]);
            sums[facets[row]] += weight;
            total += weight;
        }

        var most = Math.Log(MostByColumn);
        for (var facet = 0; facet < target.Length; facet++)
        {
            var wanted = sums[facet] > 0 ? logs[facet] + Math.Log(Math.Max(1e-6, target[facet]) * total / sums[facet]) : 0;
            sums[facet] = Math.Clamp(wanted, -most, most) - logs[facet];
            logs[facet] += sums[facet];
        }

        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] += sums[facets[row]];
        }
    }
}
