namespace AdversarialKit;

/// <summary>The memory of a tensor in pieces that a span holds.</summary>
internal static class TensorPieces
{
    // Of eight bytes each, 1 GiB.
    private const long Longest = 1L << 27;

    /// <summary>Each is disposed when the next is asked for.</summary>
    public static IEnumerable<Tensor> Of(Tensor tensor)
    {
        using var flat = tensor.detach().view(-1);
        for (var start = 0L; start < flat.numel(); start += Longest)
        {
            using var piece = flat.narrow(0, start, Math.Min(Longest, flat.numel() - start));
            yield return piece;
        }
    }
}
