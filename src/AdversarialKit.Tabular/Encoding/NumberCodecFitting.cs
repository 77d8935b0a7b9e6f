namespace AdversarialKit;

/// <summary>Finds modes and atoms of a column of numbers or dates.</summary>
internal static class NumberCodecFitting
{
    // A value in so many rows is no accident of rounding: zeros, limits, round prices.
    private const double ShareOfAnAtom = 0.03;
    private const int MostValues = 10_000;
    private const double LeastWeight = 0.005;
    private const double LeastDeviation = 1e-9;

    // Two Gaussians of one width whose means are less than 0.92 deviations apart.
    private const double MostOverlap = 0.9;

    /// <summary>A codec; one of atoms alone where the column has no more values than <paramref name="fewValues"/>.</summary>
    public static NumberCodec Fit(NumberFormat format, IReadOnlyList<string?> cells, int modes, int fewValues, Random random)
    {
        var values = cells.OfType<string>().Select(format.Read).ToArray();
        var hasMissing = values.Length < cells.Count;
        var counts = new Dictionary<double, int>();
        foreach (var value in values)
        {
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        var atoms = (counts.Count <= fewValues ? counts.Keys : counts.Where(pair => pair.Value >= ShareOfAnAtom * values.Length).Select(pair => pair.Key))
            .Order().ToList();
        var isAtom = atoms.ToHashSet();
        var others = values.Where(value => !isAtom.Contains(value)).ToArray();
        if (others.Length == 0)
        {
            return new NumberCodec(format, new NumberCodecState([], [], [], atoms, hasMissing));
        }

        return new NumberCodec(format, Modes(others, modes, random) with { Atoms = atoms, HasMissing = hasMissing });
    }

    private static NumberCodecState Modes(double[] values, int modes, Random random)
    {
        var some = values.Length <= MostValues ? values : random.GetItems(values, MostValues);
        var mean = some.Average();
        var deviation = Math.Max(LeastDeviation, Math.Sqrt(some.Average(value => (value - mean) * (value - mean))));
        var mixture = GaussianMixture.Fit([.. some.Select(value => (value - mean) / deviation)], Math.Min(modes, some.Distinct().Count()));
        var found = Enumerable.Range(0, mixture.Weights.Length)
            .Where(k => mixture.Weights[k] > LeastWeight)
            .Select(k => new Mode(mixture.Weights[k], mean + (deviation * mixture.Means[k]), deviation * Math.Sqrt(mixture.Variances[k])));
        var kept = Mode.Merge(found, MostOverlap);
        return new NumberCodecState([.. kept.Select(mode => mode.Weight)], [.. kept.Select(mode => mode.Mean)], [.. kept.Select(mode => mode.Deviation)], [], HasMissing: false);
    }
}
