using AdversarialKit.Tests.Support;
using TorchSharp;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>Guarantee 6, the part that one process can show: same seed, same bits.</summary>
public sealed class SeedTests
{
    [Fact]
    public void TrainStep_SameSeed_GivesTheSameBitsWhetherSamplesAreLookedAtOrNot()
    {
        var plain = Run(seed: 5, lookAtSamples: false);

        Run(seed: 5, lookAtSamples: true).Should().Be(plain);
        Run(seed: 6, lookAtSamples: false).Should().NotBe(plain);
    }

    [Fact]
    public void Build_LeavesTorchsOwnRandomnessAlone()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var before = torch.random.get_rng_state();

        using var gan = Toy.Builder(generator, discriminator).Build();

        using var after = torch.random.get_rng_state();
        after.Equals(before).Should().BeTrue();
    }

    private static (Snapshot Generator, Snapshot Discriminator, double Loss) Run(long seed, bool lookAtSamples)
    {
        torch.manual_seed(3);
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).WithSeed(seed).Build();
        using var real = Toy.Real();
        var loss = 0.0;
        for (var i = 0; i < 20; i++)
        {
            loss += gan.TrainStep(real).Generator.Loss;
            if (lookAtSamples)
            {
                gan.Sample(5).Dispose();
            }
        }

        return (Snapshot.Of(generator), Snapshot.Of(discriminator), loss);
    }
}
