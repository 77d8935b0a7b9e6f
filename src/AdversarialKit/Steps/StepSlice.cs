namespace AdversarialKit;

/// <summary>A batch, or the part of it that one forward and backward pass takes.</summary>
/// <param name="Real">Real samples.</param>
/// <param name="Condition">Their condition, where there is one.</param>
/// <param name="Latents">As many latents.</param>
/// <param name="Share">This part's share of the whole batch, by which its mean losses count.</param>
internal readonly record struct StepSlice(Tensor Real, Tensor? Condition, Tensor Latents, double Share)
{
    public IEnumerable<StepSlice> Split(int parts)
    {
        if (parts == 1)
        {
            yield return this;
            yield break;
        }

        var count = Real.size(0);
        var size = PartSize(count, parts);
        for (var start = 0L; start < count; start += size)
        {
            var length = Math.Min(size, count - start);
            yield return new StepSlice(
                Real.narrow(0, start, length),
                Condition?.narrow(0, start, length),
                Latents.narrow(0, start, length),
                (double)length / count);
        }
    }

    /// <summary>The samples in each part but the last, which holds what is left.</summary>
    public static long PartSize(long count, int parts) => (count + parts - 1) / parts;
}
