using AdversarialKit.Tests.Support;
using TorchSharp;

namespace AdversarialKit.Tests.Reporting;

public sealed class FixedSamplesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Take_UntrainedBetween_ShowsTheSameSamples(int channels)
    {
        using var generator = PictureGan.ImageGenerator(channels);
        using var discriminator = PictureGan.ImageDiscriminator(channels);
        using var gan = PictureGan.Build(generator, discriminator);
        var samples = new FixedSamples(5, condition: null, "Condition");

        var first = samples.Take(gan.System)!.Image!;
        using (gan.Sample(3))
        {
        }

        var second = samples.Take(gan.System)!.Image!;

        second.Png.Should().Equal(first.Png);
        (first.Width, first.Height).Should().Be((22, 14), "three images of 6 x 6 and two gaps of 2 lie side by side, in two rows");
    }

    [Fact]
    public void Take_TrainedBetween_ShowsThatTheyChanged()
    {
        using var generator = PictureGan.ImageGenerator();
        using var discriminator = PictureGan.ImageDiscriminator();
        using var gan = PictureGan.Build(generator, discriminator);
        using var real = PictureGan.RealImages();
        var samples = new FixedSamples(5, condition: null, "Condition");

        var first = samples.Take(gan.System)!.Image!;
        gan.TrainStep(real);

        samples.Take(gan.System)!.Image!.Png.Should().NotEqual(first.Png);
    }

    [Fact]
    public void Take_PointsOfThePlane_GivesAtLeast512OfThem()
    {
        using var generator = PictureGan.PointGenerator();
        using var discriminator = PictureGan.PointDiscriminator();
        using var gan = PictureGan.Build(generator, discriminator);
        var samples = new FixedSamples(64, condition: null, "Condition");

        var first = samples.Take(gan.System)!;

        first.Image.Should().BeNull();
        first.Points.Should().HaveCount(1_024);
        samples.Take(gan.System)!.Points.Should().Equal(first.Points);
    }

    [Fact]
    public void Take_SamplesOfAnotherShape_GivesNothing()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var samples = new FixedSamples(4, condition: null, "Condition");

        samples.Take(gan.System).Should().BeNull();
    }

    [Fact]
    public void Take_OfImagesThatTheCallerMakes_DrawsThemInRowsWithNetworksInInferenceMode()
    {
        using var generator = PictureGan.ImageGenerator();
        using var discriminator = PictureGan.ImageDiscriminator();
        using var gan = PictureGan.Build(generator, discriminator);
        var modes = new List<bool>();
        var samples = new FixedSamples(64, condition: null, "Condition", () =>
        {
            modes.Add(generator.training);
            return torch.ones(6, 1, 5, 4);
        }, rows: 3);

        var image = samples.Take(gan.System)!.Image!;

        modes.Should().Equal(false);
        (image.Width, image.Height).Should().Be(((2 * 4) + 2, (3 * 5) + (2 * 2)), "two images of 4 x 5 lie in each of three rows");
        samples.AreSamples.Should().BeFalse();
        generator.training.Should().BeTrue();
    }

    [Fact]
    public void Take_BetweenSteps_ChangesNoBitOfTraining()
    {
        Train(watched: true).Should().Be(Train(watched: false));
    }

    [Fact]
    public void Take_AThousandTimes_LeavesNoTensorBehind()
    {
        using var generator = PictureGan.ImageGenerator();
        using var discriminator = PictureGan.ImageDiscriminator();
        using var gan = PictureGan.Build(generator, discriminator);
        var samples = new FixedSamples(4, condition: null, "Condition");
        samples.Take(gan.System);
        var alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 1_000; i++)
        {
            samples.Take(gan.System);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(alive);
    }

    [Fact]
    public void Take_InsideAScopeThatEnds_KeepsItsLatents()
    {
        using var generator = PictureGan.ImageGenerator();
        using var discriminator = PictureGan.ImageDiscriminator();
        using var gan = PictureGan.Build(generator, discriminator);
        var samples = new FixedSamples(4, condition: null, "Condition");
        SheetImage first;
        using (torch.NewDisposeScope())
        {
            first = samples.Take(gan.System)!.Image!;
        }

        samples.Take(gan.System)!.Image!.Png.Should().Equal(first.Png);
    }

    private static string Train(bool watched)
    {
        torch.random.manual_seed(1);
        using var generator = PictureGan.ImageGenerator();
        using var discriminator = PictureGan.ImageDiscriminator();
        using var gan = PictureGan.Build(generator, discriminator);
        using var real = PictureGan.RealImages();
        var samples = new FixedSamples(4, condition: null, "Condition");
        for (var i = 0; i < 20; i++)
        {
            gan.TrainStep(real);
            if (watched)
            {
                samples.Take(gan.System);
            }
        }

        return Snapshot.Of(generator) + "\n" + Snapshot.Of(discriminator);
    }
}
