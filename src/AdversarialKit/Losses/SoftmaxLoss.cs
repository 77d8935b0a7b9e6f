namespace AdversarialKit;

internal sealed class SoftmaxLoss : IRelativisticLoss
{
    // -mean(r) + log Z: the real samples are to share all of the probability.
    public Tensor Discriminator(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return (LogPartition(Both(real, fake)) - real.mean()).MoveToOuterDisposeScope();
    }

    // -mean(r and f) + log Z: all samples are to have the same probability.
    public Tensor Generator(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        var both = Both(real, fake);
        return (LogPartition(both) - both.mean()).MoveToOuterDisposeScope();
    }

    public override string ToString() => "softmax";

    private static Tensor Both(Tensor real, Tensor fake) => cat([real.flatten(), fake.flatten()]);

    // logsumexp, not the logarithm of a sum: e^10000 is infinite.
    private static Tensor LogPartition(Tensor logits) => logits.logsumexp(0);
}
