namespace AdversarialKit;

/// <summary>How a GAN is trained.</summary>
public sealed record FitOptions
{
    /// <summary>How many iterations to make.</summary>
    public long Iterations { get; init; }

    /// <summary>What watches the run.</summary>
    public IReadOnlyList<ITrainingCallback> Callbacks { get; init; } = [];
}
