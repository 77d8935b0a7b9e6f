namespace AdversarialKit;

/// <summary>What a discriminator step offers to a penalty.</summary>
public sealed class PenaltyContext
{
    private readonly Func<Tensor, Tensor> _discriminator;
    private readonly Generator _random;

    internal PenaltyContext(Func<Tensor, Tensor> discriminator, Generator random)
    {
        _discriminator = discriminator;
        _random = random;
    }

    /// <summary>The real batch <c>[N, ...]</c> as the discriminator saw it.</summary>
    public required Tensor Real { get; init; }

    /// <summary>The fakes <c>[N, ...]</c> as the discriminator saw them, without a graph to the generator.</summary>
    public required Tensor Fake { get; init; }

    /// <summary>The discriminator's outputs on <see cref="Real"/>.</summary>
    public required Tensor RealLogits { get; init; }

    /// <summary>The discriminator's outputs on <see cref="Fake"/>.</summary>
    public required Tensor FakeLogits { get; init; }

    /// <summary>The gradient of the discriminator's output at <paramref name="points"/>.</summary>
    /// <param name="points">A batch shaped as <see cref="Real"/>.</param>
    /// <returns>The gradient, shaped as <paramref name="points"/>.</returns>
    public Tensor GradientAt(Tensor points) => _discriminator(points);

    internal Generator Random => _random;
}
