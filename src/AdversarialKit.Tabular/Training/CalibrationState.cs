namespace AdversarialKit;

/// <summary>Logarithms of the weights by column and facet, the logarithm above which rows are always kept, and a map for each column of numbers.</summary>
internal sealed record CalibrationState(IReadOnlyList<double[]> LogWeights, double LogCap, IReadOnlyList<QuantileMap> Maps)
{
    /// <summary>One that keeps all rows as they are.</summary>
    public static CalibrationState None(IReadOnlyList<IColumnCodec> codecs) =>
        new([.. codecs.Select(codec => new double[Facets.Count(codec)])], 0, [.. codecs.Select(_ => new QuantileMap([], []))]);
}
