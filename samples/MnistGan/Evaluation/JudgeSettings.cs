namespace MnistGan;

/// <summary>How a judge is trained, and from when on it may judge.</summary>
internal sealed record JudgeSettings
{
    public int Epochs { get; init; } = 4;

    public int BatchSize { get; init; } = 128;

    /// <summary>The highest learning rate: it rises to it in the first tenth and then falls along a cosine.</summary>
    public double LearningRate { get; init; } = 4e-3;

    /// <summary>The share of the test set that a judge must name rightly.</summary>
    public double LeastAccuracy { get; init; } = 0.99;
}
