using System.Globalization;

namespace AdversarialKit;

/// <summary>The gradient's norm around real samples, as far away as the whole batch is wide, on several ranks too.</summary>
internal sealed class DraganPenalty : IDiscriminatorPenalty, ITeamMember
{
    private readonly double _noise;
    private readonly GradientNormPenalty _norm;
    private Team? _team;

    public DraganPenalty(double noise, double target, bool oneSided)
    {
        if (!(noise > 0 && double.IsFinite(noise)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(noise),
                string.Create(CultureInfo.InvariantCulture, $"The noise of DRAGAN is {noise} standard deviations, but must be above 0, and finite. Pass 0.5 for the usual one."));
        }

        _noise = noise;
        _norm = new GradientNormPenalty("DRAGAN", AroundReal, target, oneSided);
    }

    public bool NeedsIndependentSamples => _norm.NeedsIndependentSamples;

    public void Join(Team team) => _team = team;

    public Tensor Compute(PenaltyContext context) => _norm.Compute(context);

    public override string ToString() => _norm.ToString();

    // real_i + a_i noise s u_i
    private Tensor AroundReal(PenaltyContext context)
    {
        DiscriminatorGradient.RequireFloating(context.Real);
        var real = context.Real.detach();
        var offset = Deviation(real) * _noise * context.RandomUniform(real.shape);
        return real + (PenaltyPoints.OnePerSample(context) * offset);
    }

    // Of all ranks: the mean of variances and of squared means, less the squared mean.
    private Tensor Deviation(Tensor real)
    {
        var own = real.std(unbiased: false);
        if (_team is null)
        {
            return own;
        }

        var (deviation, mean) = (own.to(ScalarType.Float64), real.mean().to(ScalarType.Float64));
        var sums = TeamMean.Of(stack([mean, deviation.square() + mean.square()]), _team);
        return (sums[1] - sums[0].square()).clamp_min(Constant.Zero).sqrt().to(real.dtype);
    }
}
