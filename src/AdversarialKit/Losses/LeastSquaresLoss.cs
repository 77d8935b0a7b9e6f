using System.Globalization;

namespace AdversarialKit;

internal sealed class LeastSquaresLoss : IAdversarialLoss
{
    private readonly double _fakeTarget;
    private readonly double _realTarget;
    private readonly double _generatorTarget;

    public LeastSquaresLoss(double a, double b, double c)
    {
        if (!(double.IsFinite(a) && double.IsFinite(b) && double.IsFinite(c) && a < b))
        {
            throw new ArgumentOutOfRangeException(
                nameof(b),
                string.Create(CultureInfo.InvariantCulture, $"The targets of the least squares loss are a = {a}, b = {b}, c = {c}, but must be finite, with the fakes' target a below the real samples' target b. Pass a = 0, b = 1, c = 1 for the usual ones."));
        }

        (_fakeTarget, _realTarget, _generatorTarget) = (a, b, c);
    }

    // The output that is as far from one target as from the other.
    public double DecisionThreshold => (_fakeTarget + _realTarget) / 2;

    public Tensor DiscriminatorReal(Tensor real) => HalfMeanSquare(real, _realTarget);

    public Tensor DiscriminatorFake(Tensor fake) => HalfMeanSquare(fake, _fakeTarget);

    public Tensor Generator(Tensor fake) => HalfMeanSquare(fake, _generatorTarget);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"least squares (targets: fake {_fakeTarget}, real {_realTarget}, generator {_generatorTarget})");

    private static Tensor HalfMeanSquare(Tensor logits, double target)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return ((logits - target).square().mean() * 0.5).MoveToOuterDisposeScope();
    }
}
