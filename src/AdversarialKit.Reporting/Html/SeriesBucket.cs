namespace AdversarialKit;

/// <summary>Neighbouring points of a curve as one: where they lie, how many they are, their extremes and their sum.</summary>
internal readonly record struct SeriesBucket(long First, long Last, int Count, double Low, double High, double Sum)
{
    public double Mean => Sum / Count;

    /// <summary>The iteration in its middle.</summary>
    public long Iteration => First + ((Last - First) / 2);

    public static SeriesBucket Of(long iteration, double value) => new(iteration, iteration, 1, value, value, value);

    public SeriesBucket With(SeriesBucket next) =>
        new(First, next.Last, Count + next.Count, Math.Min(Low, next.Low), Math.Max(High, next.High), Sum + next.Sum);
}
