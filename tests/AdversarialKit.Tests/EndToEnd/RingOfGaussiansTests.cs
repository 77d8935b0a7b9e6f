using RingOfGaussians;
using Xunit.Abstractions;

namespace AdversarialKit.Tests.EndToEnd;

/// <summary>Eight Gaussians on a circle: judged by distance to the centres, not by a network.</summary>
public sealed class RingOfGaussiansTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("hinge, spectral norm")]
    [InlineData("WGAN-GP")]
    [InlineData("RpGAN + R1 + R2")]
    public void Train_Objective_CoversAllEightModesWithGoodSamples(string name)
    {
        var outcome = Run(name);

        outcome.Covered.Should().Be(8);
        outcome.Good.Should().BeGreaterThan(0.7);
    }

    [Fact]
    public void Train_PlainNonSaturating_IsPrintedBesideThem() => Run("non-saturating").Covered.Should().BeInRange(1, 8);

    [Fact]
    public void Judge_NoiseAndASinglePoint_AreNotTakenForTheRing()
    {
        using var random = new TorchSharp.torch.Generator(1);
        using var noise = TorchSharp.torch.randn([4096, 2], generator: random);
        using var centres = Ring.Centres();
        using var collapsed = centres.narrow(0, 3, 1).expand(4096, 2);
        using var real = Ring.Sample(4096, random);

        Ring.Judge(noise).Good.Should().BeLessThan(0.2);
        Ring.Judge(collapsed).Covered.Should().Be(1);
        Ring.Judge(real).Should().Match<(int Covered, double Good)>(x => x.Covered == 8 && x.Good > 0.98);
    }

    private Outcome Run(string name)
    {
        var outcome = Experiment.Run(RingOfGaussians.Objective.All.Single(o => o.Name == name), iterations: 1_500, seed: 1);
        output.WriteLine($"{name}: {outcome.Covered}/8 modes, {100 * outcome.Good:F1} % good, {outcome.Elapsed.TotalSeconds:F1} s");
        return outcome;
    }
}
