using System.Globalization;

namespace AdversarialKit;

internal sealed class GradientNormPenalty : IDiscriminatorPenalty
{
    private readonly string _name;
    private readonly Func<PenaltyContext, Tensor> _points;
    private readonly double _target;
    private readonly bool _oneSided;

    public GradientNormPenalty(string name, Func<PenaltyContext, Tensor> points, double target, bool oneSided)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!(target >= 0 && double.IsFinite(target)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(target),
                string.Create(CultureInfo.InvariantCulture, $"The target of a gradient's norm is {target}, but must be 0 or above, and finite. Pass 1 for the usual one."));
        }

        (_name, _points, _target, _oneSided) = (name, points, target, oneSided);
    }

    public bool NeedsIndependentSamples => true;

    // mean((|grad_i| - target)^2), or mean(max(0, |grad_i| - target)^2)
    public Tensor Compute(PenaltyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var excess = SampleNorms(context.GradientAt(_points(context))) - _target;
        return (_oneSided ? excess.relu() : excess).square().mean().MoveToOuterDisposeScope();
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_name} (target {_target}, {(_oneSided ? "one-sided" : "two-sided")})");

    /// <summary>
    /// The L2 norm of every row. A root has an infinite slope at 0, which times 0 is NaN; where a row is all zero the
    /// root is therefore not taken, and its gradient is 0.
    /// </summary>
    private static Tensor SampleNorms(Tensor gradient)
    {
        var squares = gradient.reshape(gradient.size(0), -1).square().sum(1);
        var isZero = squares.eq(Constant.Zero);
        return squares.masked_fill(isZero, Constant.One).sqrt().masked_fill(isZero, Constant.Zero);
    }
}
