namespace AdversarialKit;

/// <summary>A rising map that gives made numbers the distribution of real ones and leaves their order, and so their dependences, as they are.</summary>
internal sealed record QuantileMap(IReadOnlyList<double> From, IReadOnlyList<double> To)
{
    private const int Knots = 200;

    public static QuantileMap Of(double[] made, double[] real)
    {
        if (made.Length < 2 || real.Length == 0)
        {
            return new QuantileMap([], []);
        }

        Array.Sort(made);
        Array.Sort(real);
        var (from, to) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Knots; i++)
        {
            var knot = At(made, (double)i / Knots);
            if (from.Count == 0 || knot > from[^1])
            {
                from.Add(knot);
                to.Add(At(real, (double)i / Knots));
            }
        }

        return new QuantileMap(from, to);
    }

    public double Map(double value)
    {
        if (From.Count < 2)
        {
            return value;
        }

        var (place, high) = (1, From.Count - 1);
        while (place < high)
        {
            var middle = (place + high) / 2;
            (place, high) = From[middle] < value ? (middle + 1, high) : (place, middle);
        }

        var share = Math.Clamp((value - From[place - 1]) / (From[place] - From[place - 1]), 0, 1);
        return To[place - 1] + (share * (To[place] - To[place - 1]));
    }

    private static double At(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[^1];
    }
}
