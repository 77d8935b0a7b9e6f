namespace AdversarialKit;

/// <summary>What an <see cref="InceptionFeatures"/> gives its network, and how it knows the network for the right one.</summary>
public sealed record InceptionOptions
{
    /// <summary>How pictures come to 299 x 299 pixels.</summary>
    /// <value><see cref="InceptionResizing.Clean"/> by default.</value>
    public InceptionResizing Resizing { get; init; }

    /// <summary>What numbers the network takes for black (byte 0) and white (byte 255).</summary>
    /// <value>(0, 255) by default: the network brings bytes to its own range, as NVIDIA's file does. (-1, 1) for pytorch-fid's.</value>
    public (double Black, double White) Range { get; init; } = (0, 255);

    /// <summary>
    /// A file of check values that <c>tools/inception_check.py</c> wrote where the network was known to be right: the network is refused
    /// unless it gives them.
    /// </summary>
    /// <value>Null by default: only what needs no such values is checked.</value>
    public string? CheckFile { get; init; }

    /// <summary>The most pictures that the network is given at once; each takes 1 MiB and what the network needs.</summary>
    /// <value>64 by default.</value>
    public int BatchSize { get; init; } = 64;

    /// <summary>Where the network runs.</summary>
    /// <value>Null by default: on the CPU.</value>
    public Device? Device { get; init; }
}
