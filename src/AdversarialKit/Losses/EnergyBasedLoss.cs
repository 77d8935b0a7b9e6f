namespace AdversarialKit;

internal sealed class EnergyBasedLoss : IAdversarialLoss
{
    private readonly double _margin;

    public EnergyBasedLoss(double margin)
    {
        if (!(double.IsFinite(margin) && margin > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(margin),
                $"The margin of the energy-based loss is {Text.Number(margin)}, but must be a finite number above 0. Pass the energy that fakes are to have at least, on the scale of your discriminator's outputs.");
        }

        _margin = margin;
    }

    // Low energies are real, so no output is one "above which" the discriminator said real.
    public double DecisionThreshold => double.NaN;

    public Tensor DiscriminatorReal(Tensor real)
    {
        ArgumentNullException.ThrowIfNull(real);
        return real.mean();
    }

    // max(0, m - f)
    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return (_margin - fake).relu().mean().MoveToOuterDisposeScope();
    }

    public Tensor Generator(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return fake.mean();
    }

    public override string ToString() => $"energy-based (margin {Text.Number(_margin)})";
}
