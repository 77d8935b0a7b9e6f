namespace AdversarialKit;

/// <summary>The mean style of a generator, of each class where there are classes; found when it is first asked for.</summary>
internal sealed class MeanStyles(IStyleGenerator styles, bool hasClasses) : IDisposable
{
    // The mean of a thousand is within a thirtieth of the styles' own spread.
    private const int Latents = 1_000;

    private readonly Dictionary<long, Tensor> _means = [];

    /// <summary>The mean style for each row of a condition, or one for all: <c>[N or 1, ...]</c>.</summary>
    public Tensor For(Tensor? condition, Func<int, Tensor> draw)
    {
        // Requests wait for the first of them: whichever finds a mean, it has the same bits.
        lock (_means)
        {
            if (!hasClasses)
            {
                return Mean(0, null, draw);
            }

            using var labels = condition!.cpu();
            return cat([.. labels.data<long>().ToArray().Select(label => Mean(label, condition, draw))]);
        }
    }

    public void Dispose()
    {
        foreach (var mean in _means.Values)
        {
            mean.Dispose();
        }
    }

    private Tensor Mean(long label, Tensor? condition, Func<int, Tensor> draw)
    {
        if (_means.TryGetValue(label, out var known))
        {
            return known;
        }

        using var scope = NewDisposeScope();
        using var number = label.ToScalar();
        var labels = condition is null ? null : full([Latents], number, dtype: ScalarType.Int64, device: condition.device);
        return _means[label] = styles.Map(draw(Latents), labels).mean([0], keepdim: true).DetachFromDisposeScope();
    }
}
