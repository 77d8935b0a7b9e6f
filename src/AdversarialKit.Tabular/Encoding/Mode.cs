namespace AdversarialKit;

/// <summary>A Gaussian of a mixture.</summary>
internal readonly record struct Mode(double Weight, double Mean, double Deviation)
{
    /// <summary>How much two modes overlap: Bhattacharyya's coefficient, 1 where they are the same, 0 where they are far apart.</summary>
    public double Overlap(Mode other)
    {
        var variances = (Deviation * Deviation) + (other.Deviation * other.Deviation);
        var distance = Mean - other.Mean;
        return Math.Sqrt(2 * Deviation * other.Deviation / variances) * Math.Exp(-distance * distance / (4 * variances));
    }

    /// <summary>The Gaussian with the weight, mean and variance of both.</summary>
    public Mode With(Mode other)
    {
        var weight = Weight + other.Weight;
        var share = other.Weight / weight;
        var distance = other.Mean - Mean;
        var variance = ((1 - share) * Deviation * Deviation) + (share * other.Deviation * other.Deviation) + (share * (1 - share) * distance * distance);
        return new Mode(weight, Mean + (share * distance), Math.Sqrt(variance));
    }

    /// <summary>
    /// Makes one of modes that overlap by more than <paramref name="most"/>, those that overlap most first. A mixture puts several modes where one would do,
    /// and which of them a number is in would then be chance: codes that say nothing, and that a generator has to learn all the same.
    /// </summary>
    public static List<Mode> Merge(IEnumerable<Mode> modes, double most)
    {
        var left = modes.ToList();
        while (true)
        {
            var (first, second, overlap) = (0, 0, most);
            for (var i = 0; i < left.Count; i++)
            {
                for (var j = i + 1; j < left.Count; j++)
                {
                    if (left[i].Overlap(left[j]) is var between && between > overlap)
                    {
                        (first, second, overlap) = (i, j, between);
                    }
                }
            }

            if (second == 0)
            {
                return left;
            }

            left[first] = left[first].With(left[second]);
            left.RemoveAt(second);
        }
    }
}
