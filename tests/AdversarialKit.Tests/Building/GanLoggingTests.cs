using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Building;

public sealed class GanLoggingTests
{
    [Fact]
    public void Build_AtInformation_TellsWhatWasBuiltAndStepsAreQuiet()
    {
        using var logger = new CollectingLogger(LogLevel.Information);
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).WithLogger(logger).Build();
        using var real = Toy.Real();

        gan.TrainStep(real);

        logger.Entries.Should().ContainSingle().Which.Should().Be((LogLevel.Information, 1, "Built a GAN:\n" + gan.Describe()));
    }

    [Fact]
    public void TrainStep_AtTrace_TellsItsLosses()
    {
        using var logger = new CollectingLogger(LogLevel.Trace);
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).WithLogger(logger).Build();
        using var real = Toy.Real();

        gan.TrainStep(real);

        logger.Entries[^1].Level.Should().Be(LogLevel.Trace);
        logger.Entries[^1].Message.Should().StartWith("Iteration 1: discriminator loss ");
    }

    [Fact]
    public void Build_AugmentationThatDoesNothingOnOneChannel_IsWarnedOf()
    {
        using var logger = new CollectingLogger(LogLevel.Warning);
        using var generator = nn.Sequential(nn.Linear(4, 36), nn.Unflatten(1, [1, 6, 6]));
        using var discriminator = nn.Sequential(nn.Flatten(), nn.Linear(36, 1));

        using var gan = Toy.Builder(generator, discriminator)
            .WithAugmentation(Augmentation.DiffAugment(DiffAugmentPolicy.Saturation)).WithLogger(logger).Build();

        logger.Entries.Should().ContainSingle().Which.Message.Should().Contain("aturation");
    }
}
