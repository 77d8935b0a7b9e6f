using static AdversarialKit.Tests.OptimizerTestData;

namespace AdversarialKit.Tests;

public class EmaTests
{
    [Fact]
    public void HalfLife_FollowsRecordedDecays()
    {
        var vector = Vector("s.stylegan_ema");
        var inputs = vector.GetProperty("inputs");
        var options = Ema.HalfLife(1000 * inputs.GetProperty("ema_kimg").GetDouble(), inputs.GetProperty("rampup").GetDouble());

        var decays = Numbers(inputs.GetProperty("cur_nimg")).Select(seen => options.DecayAt((long)seen, inputs.GetProperty("batch").GetInt64()));

        foreach (var (decay, expected) in decays.Zip(Numbers(vector.GetProperty("expected"))))
        {
            decay.Should().BeApproximately(expected, 1e-9);
        }
    }

    [Fact]
    public void Factories_ValuesOutOfRange_AreToldAtOnce()
    {
        var decay = () => Ema.Decay(1);
        var images = () => Ema.HalfLife(0);
        var rampUp = () => Ema.HalfLife(10, 0);

        decay.Should().Throw<ArgumentOutOfRangeException>().WithMessage("The decay is 1; it must be at least 0 and below 1. (Parameter 'decay')");
        images.Should().Throw<ArgumentOutOfRangeException>().WithMessage("The half-life is 0; it must be a finite number above 0. (Parameter 'images')");
        rampUp.Should().Throw<ArgumentOutOfRangeException>().WithMessage("The ramp-up is 0; it must be a finite number above 0. (Parameter 'rampUp')");
    }

    [Fact]
    public void ToString_NamesTheValues()
    {
        Ema.Decay(0.999).ToString().Should().Be("EMA(decay 0.999)");
        Ema.HalfLife(10_000, 0.05).ToString().Should().Be("EMA(half-life 10000 images, ramp-up 0.05)");
        Ema.HalfLife(500, null).ToString().Should().Be("EMA(half-life 500 images)");
    }
}
