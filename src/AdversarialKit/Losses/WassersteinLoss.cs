namespace AdversarialKit;

internal sealed class WassersteinLoss : IAdversarialLoss
{
    public Tensor DiscriminatorReal(Tensor real) => NegatedMean(real);

    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        return fake.mean();
    }

    public Tensor Generator(Tensor fake) => NegatedMean(fake);

    public override string ToString() => "Wasserstein";

    private static Tensor NegatedMean(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var mean = logits.mean();
        return mean.neg();
    }
}
