namespace AdversarialKit;

/// <summary>Compares shapes without the arrays that <c>Tensor.shape</c> makes at every call: a step compares several.</summary>
internal static class BatchShape
{
    /// <summary>Whether a batch is <c>[N, ..sampleShape]</c>.</summary>
    public static bool Fits(Tensor batch, IReadOnlyList<long> sampleShape)
    {
        var fits = batch.dim() == sampleShape.Count + 1;
        for (var i = 0; fits && i < sampleShape.Count; i++)
        {
            fits = batch.size(i + 1) == sampleShape[i];
        }

        return fits;
    }

    /// <summary>Whether two tensors have the same shape.</summary>
    public static bool AreEqual(Tensor left, Tensor right)
    {
        var equal = left.dim() == right.dim();
        for (var i = 0; equal && i < left.dim(); i++)
        {
            equal = left.size(i) == right.size(i);
        }

        return equal;
    }
}
