namespace AdversarialKit;

/// <summary>What a <see cref="TensorBoardLog"/> writes, and how often.</summary>
public sealed record TensorBoardLogOptions
{
    /// <summary>Every how many iterations scalars are written, at least 1.</summary>
    /// <value>Default: 10.</value>
    public int Interval { get; init; } = 10;

    /// <summary>Every how many iterations a grid of samples is written, at least 1.</summary>
    /// <value>Default: 1,000. One is also written at the start and at the end.</value>
    public long SheetInterval { get; init; } = 1_000;

    /// <summary>How many samples a grid shows, if they are images <c>[N, 1 or 3, H, W]</c> in [-1, 1]. 0 turns grids off.</summary>
    /// <value>Default: 64.</value>
    public int Samples { get; init; } = 64;

    /// <summary>The condition of a conditional GAN's samples, one label per sample, which then says how many there are.</summary>
    /// <value>Default: null, the classes in turn. It remains the caller's and must live as long as the log.</value>
    public Tensor? Condition { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, 1, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfLessThan(SheetInterval, 1, nameof(SheetInterval));
        ArgumentOutOfRangeException.ThrowIfNegative(Samples, nameof(Samples));
        if (Condition is { } labels && (labels.dim() < 1 || labels.shape[0] == 0))
        {
            throw new ArgumentException($"{nameof(TensorBoardLogOptions)}.{nameof(Condition)} has the shape [{string.Join(", ", labels.shape)}]; it must be [N, ...], a label or a row for each sample.", nameof(Condition));
        }

    }
}
