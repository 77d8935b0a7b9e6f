namespace AdversarialKit.Benchmarks;

/// <summary>What <c>stacked</c> was asked for.</summary>
internal sealed record StackedOptions
{
    /// <summary>A folder with MNIST's files; null for the cache, or drawn digits.</summary>
    public string? DataFolder { get; init; }

    public int Iterations { get; init; } = 6_000;

    public int BatchSize { get; init; } = 64;

    public long Seed { get; init; } = 42;

    public int? Threads { get; init; }

    public IReadOnlyList<StackedLoss> Losses { get; init; } = Enum.GetValues<StackedLoss>();

    /// <summary>Generated images that are judged at each station.</summary>
    public int Samples { get; init; } = 25_600;

    /// <summary>How often on the way, evenly spaced, the images are judged; the last time at the end.</summary>
    public int Stations { get; init; } = 6;

    /// <summary>Gets stacked.json and a sheet of each loss.</summary>
    public string OutputFolder { get; init; } = Path.Combine("runs", "stacked");

    /// <summary>How the judge is trained where there is none yet.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public PictureJudgeOptions Judge { get; init; } = new() { LeastAccuracy = 0.99 };
}
