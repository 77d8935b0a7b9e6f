namespace MnistGan;

/// <summary>What <c>evaluate</c> was asked for.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>An IDX file of images.</summary>
    public required string File { get; init; }

    /// <summary>Where the figures go as JSON.</summary>
    public required string Json { get; init; }

    /// <summary>Where the real images come from.</summary>
    public required Options Data { get; init; }

    /// <summary>The most images that are judged; the first ones of the file.</summary>
    public int Samples { get; init; } = 10_000;

    public JudgeSettings Judge { get; init; } = new();
}
