namespace AdversarialKit;

internal sealed class ZeroCenteredPenalty : IDiscriminatorPenalty
{
    private readonly InputGradients _at;

    /// <param name="at">Either real samples (R1) or fakes (R2).</param>
    public ZeroCenteredPenalty(InputGradients at) => _at = at;

    public InputGradients Needs => _at;

    public bool NeedsIndependentSamples => true;

    // mean(|grad_i|^2) / 2: the sum of all squares is the sum of the rows' squared norms.
    public Tensor Compute(PenaltyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var gradient = _at == InputGradients.Real ? context.RealGradient : context.FakeGradient;
        return (gradient.square().sum() * (0.5 / gradient.size(0))).MoveToOuterDisposeScope();
    }

    public override string ToString() => _at == InputGradients.Real ? "R1" : "R2";
}
