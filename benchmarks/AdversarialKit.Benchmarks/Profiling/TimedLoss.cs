namespace AdversarialKit.Benchmarks;

internal sealed class TimedLoss(IAdversarialLoss inner, Timeline timeline) : IAdversarialLoss
{
    public double DecisionThreshold => inner.DecisionThreshold;

    public Tensor DiscriminatorReal(Tensor real) => Timed(inner.DiscriminatorReal, real);

    public Tensor DiscriminatorFake(Tensor fake) => Timed(inner.DiscriminatorFake, fake);

    public Tensor Generator(Tensor fake) => Timed(inner.Generator, fake);

    private Tensor Timed(Func<Tensor, Tensor> loss, Tensor logits)
    {
        timeline.Mark(Phase.Rest);
        var value = loss(logits);
        timeline.Mark(Phase.Loss);
        return value;
    }
}
