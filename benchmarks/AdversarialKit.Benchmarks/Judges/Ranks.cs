namespace AdversarialKit.Benchmarks;

/// <summary>Whether two columns of numbers put the same things into the same order.</summary>
internal static class Ranks
{
    /// <summary>Spearman's: the correlation of the ranks, equal numbers sharing theirs; 1 for the same order, -1 for the reverse.</summary>
    public static double Correlation(IEnumerable<double> first, IEnumerable<double> second)
    {
        var (a, b) = (Of([.. first]), Of([.. second]));
        var mean = (a.Length + 1) / 2.0;
        var (product, squaresA, squaresB) = (0.0, 0.0, 0.0);
        foreach (var (x, y) in a.Zip(b))
        {
            product += (x - mean) * (y - mean);
            squaresA += (x - mean) * (x - mean);
            squaresB += (y - mean) * (y - mean);
        }

        return product / Math.Sqrt(squaresA * squaresB);
    }

    private static double[] Of(double[] values) =>
        Array.ConvertAll(values, value => values.Count(other => other < value) + ((values.Count(other => other == value) + 1) / 2.0));
}
