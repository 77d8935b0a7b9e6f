namespace AdversarialKit;

/// <summary>How the labels of fakes are drawn, for <see cref="GanBuilder.WithFakeLabels"/>.</summary>
public sealed class FakeLabels
{
    private readonly double[]? _shares;

    private FakeLabels(double[]? shares) => _shares = shares;

    /// <summary>Every class equally often.</summary>
    /// <returns>The way of drawing.</returns>
    public static FakeLabels Uniform() => new(null);

    /// <summary>Each class as often as in the data.</summary>
    /// <param name="shares">A number for each class in proportion to how often it comes, such as counts; finite, at least 0, not all 0.</param>
    /// <returns>The way of drawing.</returns>
    /// <exception cref="ArgumentException">A share is negative or not finite, or all are 0.</exception>
    public static FakeLabels Shares(params double[] shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        return Array.TrueForAll(shares, share => double.IsFinite(share) && share >= 0) && shares.Sum() > 0
            ? new FakeLabels([.. shares])
            : throw new ArgumentException(
                $"The shares of the classes are {string.Join(", ", shares.Select(Text.Number))}; each must be a finite number of at least 0, and not all may be 0.", nameof(shares));
    }

    /// <summary>The way in a few words.</summary>
    /// <returns>Such as <c>labels of fakes drawn uniformly</c>.</returns>
    public override string ToString() => _shares is null
        ? "labels of fakes drawn uniformly"
        : $"labels of fakes drawn by the shares {string.Join(", ", _shares.Select(Text.Number))}";

    /// <summary>How many classes there are shares for; null where it does not matter.</summary>
    internal int? Classes => _shares?.Length;

    internal Tensor Draw(long count, int classes, Generator random, Device device)
    {
        using var scope = NewDisposeScope();
        var labels = _shares is null
            ? randint(classes, count, dtype: ScalarType.Int64, generator: random)
            : multinomial(tensor(_shares), count, replacement: true, generator: random);
        return labels.to(device).MoveToOuterDisposeScope();
    }
}
