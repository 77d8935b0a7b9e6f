namespace AdversarialKit;

/// <summary>How <see cref="PathLength"/> measures.</summary>
public sealed record PathLengthOptions
{
    /// <summary>The number of paths.</summary>
    /// <value>Default: 10,000; the paper uses 100,000.</value>
    public int Paths { get; init; } = 10_000;

    /// <summary>The length of a step along a path, as a share of the path.</summary>
    /// <value>Default: 1e-4, as in the paper.</value>
    public double Epsilon { get; init; } = 1e-4;

    /// <summary>How to walk from one latent to the other.</summary>
    /// <value>Default: <see cref="LatentInterpolation.Spherical"/>, as in the paper for normal latents.</value>
    public LatentInterpolation Interpolation { get; init; } = LatentInterpolation.Spherical;

    /// <summary>The number of paths that are generated at once.</summary>
    /// <value>Default: 128.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>Decides where along each path the step is taken.</summary>
    /// <value>Default: 0.</value>
    public long Seed { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Paths, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        if (Epsilon is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Epsilon), Epsilon, "The step along a path must lie between 0 and 1.");
        }
    }
}
