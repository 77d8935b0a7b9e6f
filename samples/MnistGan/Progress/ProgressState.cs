namespace MnistGan;

/// <summary>One look at a running training; immutable, since another thread draws it.</summary>
internal sealed record ProgressState(long Iteration, double DiscriminatorLoss, double Accuracy, double GeneratorLoss, double Rate, TimeSpan Left)
{
    /// <summary>The share of an evaluation that is done, 0 to 1; null between evaluations.</summary>
    public double? Evaluated { get; init; }

    /// <summary>Before the first iteration.</summary>
    public static ProgressState None { get; } = new(0, double.NaN, double.NaN, double.NaN, 0, TimeSpan.Zero);
}
