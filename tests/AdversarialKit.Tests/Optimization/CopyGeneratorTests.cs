using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class CopyGeneratorTests
{
    [Fact]
    public void CopyGenerator_AveragedOrLive_MakesTheSamplesOfTheGan()
    {
        using var scope = NewDisposeScope();
        var (generator, discriminator, copy) = (Toy.Generator(), Toy.Discriminator(), Toy.Generator());
        using var gan = Toy.Builder(generator, discriminator).WithGeneratorAverage(Ema.Decay(0.9)).Build();
        for (var i = 0; i < 5; i++)
        {
            gan.TrainStep(Toy.Real());
        }

        var latents = gan.DrawLatents(8);
        copy.eval();

        foreach (var weights in new[] { GeneratorWeights.Average, GeneratorWeights.Live })
        {
            gan.CopyGenerator(copy, weights);

            copy.call(latents).equal(gan.Generate(latents, weights)).all().item<bool>().Should().BeTrue();
        }
    }

    [Fact]
    public void CopyGenerator_AModuleOfAnotherBuild_SaysWhatDiffersAndOverwritesNothing()
    {
        using var scope = NewDisposeScope();
        var (generator, discriminator) = (Toy.Generator(), Toy.Discriminator());
        using var gan = Toy.Builder(generator, discriminator).Build();
        var other = nn.Sequential(("hidden", nn.Linear(4, 8)), ("norm", nn.BatchNorm1d(8)), ("out", nn.Linear(8, 5)));
        var before = other.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());

        var copying = () => gan.CopyGenerator(other);

        copying.Should().Throw<ArgumentException>().WithMessage(
            "The module is not of the same build as this GAN's generator:\n"
            + "- The GAN's has 'out.weight', F32 [6, 8].\n- The GAN's has 'out.bias', F32 [6].\n"
            + "- The module has 'out.weight', F32 [5, 8].\n- The module has 'out.bias', F32 [5]. (Parameter 'into')");
        other.state_dict().Should().OnlyContain(pair => pair.Value.equal(before[pair.Key]).all().item<bool>());
    }
}
