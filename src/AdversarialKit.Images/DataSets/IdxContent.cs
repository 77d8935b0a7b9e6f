namespace AdversarialKit;

/// <summary>What <see cref="IdxFile"/> read; owns its tensor.</summary>
public sealed class IdxContent : IDisposable
{
    internal IdxContent(Tensor values, int count, string sha256) => (Values, Count, Sha256) = (values, count, sha256);

    /// <summary>Bytes: images <c>[N, 1, H, W]</c>, 0 (black) to 255, or labels <c>[N]</c>; all items, or as many as were asked for.</summary>
    public Tensor Values { get; }

    /// <summary>All items of the file.</summary>
    public int Count { get; }

    /// <summary>The SHA-256 of the decompressed file, lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>Disposes the tensor.</summary>
    public void Dispose() => Values.Dispose();
}
