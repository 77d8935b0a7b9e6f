namespace AdversarialKit;

/// <summary>What an <see cref="ImageSheetLog"/> draws, and when.</summary>
public sealed record ImageSheetLogOptions
{
    /// <summary>How many iterations lie between two sheets.</summary>
    /// <value>1,000 by default; at least 1.</value>
    public int Interval { get; init; } = 1000;

    /// <summary>How many samples a sheet shows; where there is a <see cref="Condition"/>, one for each of its rows instead.</summary>
    /// <value>64 by default; at least 1.</value>
    public int Samples { get; init; } = 64;

    /// <summary>The condition of each sample, such as class labels <c>[N]</c> (Int64), for a conditional GAN. Remains the caller's and must stay alive.</summary>
    /// <value>Null by default: the GAN is unconditional.</value>
    public Tensor? Condition { get; init; }

    /// <summary>How samples lie on a sheet.</summary>
    /// <value>About square by default.</value>
    public ImageSheetOptions Sheet { get; init; } = new();
}
