namespace AdversarialKit;

/// <summary>The loss of both steps, whichever of the two interfaces it implements.</summary>
internal sealed class Objective : ITeamMember
{
    private Team? _team;
    private readonly IAdversarialLoss? _separable;
    private readonly IRelativisticLoss? _relativistic;
    private readonly IClassLoss? _classwise;

    public Objective(IAdversarialLoss loss) => _separable = loss;

    public Objective(IRelativisticLoss loss) => _relativistic = loss;

    public Objective(IClassLoss loss) => _classwise = loss;

    /// <summary>What the caller chose; may carry a state.</summary>
    public object Loss => (_separable ?? (object?)_relativistic ?? _classwise)!;

    /// <summary>Whether the generator's loss looks at real logits, and the discriminator's takes both at once.</summary>
    public bool IsRelativistic => _relativistic is not null;

    /// <summary>Whether the discriminator's outputs are judged together with labels.</summary>
    public bool NamesClasses => _classwise is not null;

    /// <summary>Whether an output says by itself that the discriminator takes a sample for real. Energies do not.</summary>
    public bool HasThreshold => _separable is null || !double.IsNaN(_separable.DecisionThreshold);

    /// <summary>Whether the discriminator's outputs are probabilities rather than logits.</summary>
    public bool TakesProbabilities => _separable is BinaryCrossEntropyLoss;

    public void Join(Team team) => _team = team;

    public DiscriminatorTerms Discriminator(Tensor real, Tensor fake, Tensor? realLabels, Tensor? fakeLabels)
    {
        if (_relativistic is not null)
        {
            return _relativistic.DiscriminatorTerms(real, fake) is { } terms
                ? new DiscriminatorTerms(Scalar(terms.Real) + Scalar(terms.Fake), terms.Real, terms.Fake)
                : new DiscriminatorTerms(Scalar(_relativistic.Discriminator(real, fake)), null, null);
        }

        var onReal = DiscriminatorReal(real, realLabels);
        var onFake = DiscriminatorFake(fake, fakeLabels);
        return new DiscriminatorTerms(onReal + onFake, onReal, onFake);
    }

    public Tensor DiscriminatorReal(Tensor real, Tensor? labels) =>
        Scalar(_classwise is null ? _separable!.DiscriminatorReal(real) : _classwise.DiscriminatorReal(real, labels!));

    public Tensor DiscriminatorFake(Tensor fake, Tensor? labels) =>
        Scalar(_classwise is null ? _separable!.DiscriminatorFake(fake) : _classwise.DiscriminatorFake(fake, labels!));

    public Tensor Generator(Tensor? real, Tensor fake, Tensor? labels) => Scalar(
        _relativistic is not null ? _relativistic.Generator(real!, fake)
        : _classwise is not null ? _classwise.Generator(fake, labels!)
        : _separable!.Generator(fake));

    /// <summary>
    /// The shares of real samples taken for real and of fakes taken for fake. A relativistic discriminator has no
    /// threshold of its own: a sample counts as real when it scores above the mean of the other side.
    /// </summary>
    public (Tensor Real, Tensor Fake) Accuracies(Tensor real, Tensor fake)
    {
        if (_relativistic is not null)
        {
            return (Share(real > TeamMean.Of(fake.mean(), _team)), Share(fake < TeamMean.Of(real.mean(), _team)));
        }

        if (_classwise is not null)
        {
            return (Share(_classwise.Realness(real) > Constant.Zero), Share(_classwise.Realness(fake) <= Constant.Zero));
        }

        if (!HasThreshold)
        {
            return (Scalars.NotANumber, Scalars.NotANumber);
        }

        using var threshold = _separable!.DecisionThreshold.ToScalar();
        return (Share(real > threshold), Share(fake <= threshold));
    }

    /// <summary>The mean sign of the real samples' outputs, seen from the loss's threshold: above 0 where most were taken for real. What ADA goes by.</summary>
    public Tensor RealSign(Tensor real)
    {
        var threshold = HasThreshold ? _separable?.DecisionThreshold ?? 0 : 0;
        if (threshold == 0)
        {
            return (_classwise?.Realness(real) ?? real).sign().mean();
        }

        using var scalar = threshold.ToScalar();
        return (real - scalar).sign().mean();
    }

    public override string ToString() => Loss.ToString()!;

    private static Tensor Share(Tensor hits) => hits.to(ScalarType.Float32).mean();

    private Tensor Scalar(Tensor loss) => loss.numel() == 1 && loss.dim() == 0
        ? loss
        : throw new InvalidOperationException(
            $"The loss {this} returned a tensor of shape {Text.Shape(loss)}; a loss returns a scalar. Take its mean().");
}
