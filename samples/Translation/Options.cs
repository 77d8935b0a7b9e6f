namespace Translation;

/// <summary>What a training was asked for.</summary>
internal sealed record Options
{
    public required Job Job { get; init; }

    public string? Data { get; init; }

    public long Iterations { get; init; }

    public string Out { get; init; } = "";

    public long Seed { get; init; } = 42;

    public int? Threads { get; init; }

    public bool Resume { get; init; }
}
