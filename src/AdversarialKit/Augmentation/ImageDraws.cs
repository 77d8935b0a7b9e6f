namespace AdversarialKit;

/// <summary>Random numbers for each image of a batch, and the neutral one for those that a change shall not hit.</summary>
internal readonly struct ImageDraws(Tensor images, Generator random, double probability)
{
    private readonly long _count = images.shape[0];
    private readonly ScalarType _type = images.dtype;
    private readonly Device _device = images.device;

    /// <summary>Which images the next change hits, [N] on the CPU; null: all.</summary>
    public Tensor? Hits()
    {
        if (probability >= 1)
        {
            return null;
        }

        using var share = probability.ToScalar();
        return rand([_count], generator: random).lt(share);
    }

    /// <summary>Numbers from <paramref name="low"/> up to <paramref name="high"/>, [N, 1, 1, 1], typed and placed as the images.</summary>
    public Tensor Uniform(Tensor? hits, double low, double high, double neutral)
    {
        var drawn = (RandomTensors.Uniform([_count], random, ScalarType.Float32, CPU) * (high - low)) + low;
        using var unchanged = neutral.ToScalar();
        return Place(hits, drawn, unchanged).to(_type).reshape(_count, 1, 1, 1);
    }

    /// <summary>Integers from <paramref name="low"/> to <paramref name="high"/> inclusive, [N, 1], placed as the images.</summary>
    public Tensor Integers(Tensor? hits, long low, long high, long neutral)
    {
        var drawn = randint(low, high + 1, [_count], dtype: ScalarType.Int64, generator: random);
        using var unchanged = neutral.ToScalar();
        return Place(hits, drawn, unchanged).reshape(_count, 1);
    }

    private Tensor Place(Tensor? hits, Tensor drawn, Scalar neutral) =>
        (hits is null ? drawn : drawn.masked_fill(hits.logical_not(), neutral)).to(_device);
}
