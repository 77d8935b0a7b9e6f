using System.Globalization;

namespace AdversarialKit;

internal sealed class NonSaturatingLoss : IAdversarialLoss
{
    private readonly double _realTarget;

    public NonSaturatingLoss(double realTarget)
    {
        if (!(realTarget > 0 && realTarget <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(realTarget),
                string.Create(CultureInfo.InvariantCulture, $"The target for real samples is {realTarget}, but must be above 0 and at most 1. Pass 1 for no label smoothing, 0.9 for the usual one-sided smoothing."));
        }

        _realTarget = realTarget;
    }

    // t softplus(-r) + (1 - t) softplus(r) = softplus(-r) + (1 - t) r, because softplus(r) = softplus(-r) + r.
    public Tensor DiscriminatorReal(Tensor real)
    {
        ArgumentNullException.ThrowIfNull(real);
        if (_realTarget == 1)
        {
            return SoftplusMean.OfNegated(real);
        }

        using var scope = NewDisposeScope();
        var smoothing = real.mean() * (1 - _realTarget);
        return (SoftplusMean.OfNegated(real) + smoothing).MoveToOuterDisposeScope();
    }

    // softplus(f) = -log(1 - sigmoid(f))
    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return SoftplusMean.Of(fake);
    }

    // softplus(-f) = -log sigmoid(f); the target is 1 whatever the smoothing, which is one-sided.
    public Tensor Generator(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return SoftplusMean.OfNegated(fake);
    }

    public override string ToString() => _realTarget == 1
        ? "non-saturating"
        : string.Create(CultureInfo.InvariantCulture, $"non-saturating (real target {_realTarget})");
}
