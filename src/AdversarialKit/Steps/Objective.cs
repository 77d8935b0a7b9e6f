namespace AdversarialKit;

/// <summary>The loss of both steps, whichever of the two interfaces it implements.</summary>
internal sealed class Objective
{
    private readonly IAdversarialLoss? _separable;
    private readonly IRelativisticLoss? _relativistic;

    public Objective(IAdversarialLoss loss) => _separable = loss;

    public Objective(IRelativisticLoss loss) => _relativistic = loss;

    /// <summary>Whether the generator's loss looks at real logits, and the discriminator's does not fall into two terms.</summary>
    public bool IsRelativistic => _relativistic is not null;

    /// <summary>Whether the discriminator's outputs are probabilities rather than logits.</summary>
    public bool TakesProbabilities => _separable is BinaryCrossEntropyLoss;

    public DiscriminatorTerms Discriminator(Tensor real, Tensor fake)
    {
        if (_relativistic is not null)
        {
            return new DiscriminatorTerms(Scalar(_relativistic.Discriminator(real, fake)), null, null);
        }

        var onReal = DiscriminatorReal(real);
        var onFake = DiscriminatorFake(fake);
        return new DiscriminatorTerms(onReal + onFake, onReal, onFake);
    }

    public Tensor DiscriminatorReal(Tensor real) => Scalar(_separable!.DiscriminatorReal(real));

    public Tensor DiscriminatorFake(Tensor fake) => Scalar(_separable!.DiscriminatorFake(fake));

    public Tensor Generator(Tensor? real, Tensor fake) =>
        Scalar(_relativistic is null ? _separable!.Generator(fake) : _relativistic.Generator(real!, fake));

    /// <summary>
    /// The shares of real samples taken for real and of fakes taken for fake. A relativistic discriminator has no
    /// threshold of its own: a sample counts as real when it scores above the mean of the other side.
    /// </summary>
    public (Tensor Real, Tensor Fake) Accuracies(Tensor real, Tensor fake)
    {
        if (_relativistic is not null)
        {
            return (Share(real > fake.mean()), Share(fake < real.mean()));
        }

        return (RealAccuracy(real), FakeAccuracy(fake));
    }

    public Tensor RealAccuracy(Tensor real)
    {
        using var threshold = _separable!.DecisionThreshold.ToScalar();
        return Share(real > threshold);
    }

    public Tensor FakeAccuracy(Tensor fake)
    {
        using var threshold = _separable!.DecisionThreshold.ToScalar();
        return Share(fake <= threshold);
    }

    public override string ToString() => (_separable ?? (object?)_relativistic)!.ToString()!;

    private static Tensor Share(Tensor hits) => hits.to(ScalarType.Float32).mean();

    private Tensor Scalar(Tensor loss) => loss.numel() == 1 && loss.dim() == 0
        ? loss
        : throw new InvalidOperationException(
            $"The loss {this} returned a tensor of shape {Text.Shape(loss)}; a loss returns a scalar. Take its mean().");
}
