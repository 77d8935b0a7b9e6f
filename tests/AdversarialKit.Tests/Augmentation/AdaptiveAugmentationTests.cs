using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class AdaptiveAugmentationTests
{
    /// <summary>Of least squares with targets 0 and 1 the threshold is 0.5: an output of 0.4 says "fake".</summary>
    [Theory]
    [InlineData(0.4, -1)]
    [InlineData(0.6, 1)]
    public void RealSign_LossWithAThreshold_IsSeenFromIt(double output, double sign)
    {
        using var generator = Support.Toy.Generator();
        using var discriminator = Support.Toy.Discriminator();
        using (no_grad())
        {
            discriminator.get_parameter("out.weight")!.zero_();
            discriminator.get_parameter("out.bias")!.fill_(output);
        }

        using var gan = Support.Toy.Builder(generator, discriminator).WithLoss(AdversarialLoss.LeastSquares()).Build();
        using var real = Support.Toy.Real(8);

        var result = gan.TrainDiscriminator(real);

        result.RealSign.Should().Be(sign);
        result.RealAccuracy.Should().Be(sign > 0 ? 1 : 0);
    }

    [Fact]
    public void Observe_OverAnInterval_MovesPByThePublishedStep()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine("Golden", "loss_vectors.json")));
        var vector = file.RootElement.GetProperty("vectors").EnumerateArray().Single(v => v.GetProperty("id").GetString() == "s.ada");
        var inputs = vector.GetProperty("inputs");
        var interval = inputs.GetProperty("interval").GetInt32();
        var ada = Augmentation.Adaptive(
            target: inputs.GetProperty("target").GetDouble(),
            interval: interval,
            rampImages: inputs.GetProperty("kimg").GetInt64() * 1000,
            initialProbability: inputs.GetProperty("p").GetDouble());

        for (var i = 0; i < interval; i++)
        {
            ada.Probability.Should().Be(inputs.GetProperty("p").GetDouble());
            ada.Observe(inputs.GetProperty("r_t").GetDouble(), inputs.GetProperty("batch").GetInt64());
        }

        ada.Probability.Should().BeApproximately(vector.GetProperty("expected").GetDouble(), 1e-9);
    }

    [Theory]
    [InlineData(1, 0.95, 1)]
    [InlineData(-1, 0.05, 0)]
    [InlineData(0.6, 0.5, 0.5)]
    public void Observe_PastTheEnds_ClampsP(double realSign, double from, double to)
    {
        var ada = Augmentation.Adaptive(interval: 1, rampImages: 100, initialProbability: from);

        ada.Observe(realSign, 64);

        ada.Probability.Should().Be(to);
    }

    [Fact]
    public void Observe_OfUnequalBatches_WeighsThemBySize()
    {
        var ada = Augmentation.Adaptive(interval: 2, rampImages: 1000, initialProbability: 0.5);

        ada.Observe(1, 10);
        ada.Observe(0, 90);

        ada.Probability.Should().BeApproximately(0.4, 1e-12);
    }

    [Fact]
    public void Observe_OfNaN_LeavesItOut()
    {
        var ada = Augmentation.Adaptive(interval: 2, rampImages: 1000, initialProbability: 0.5);

        ada.Observe(double.NaN, 10);
        ada.Observe(1, 10);
        ada.Probability.Should().BeApproximately(0.51, 1e-12);
        ada.Observe(double.NaN, 10);
        ada.Observe(double.NaN, 10);

        ada.Probability.Should().BeApproximately(0.51, 1e-12);
    }

    [Fact]
    public void Augment_WithProbabilityZero_IsTheIdentityWithoutDraws()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var state = random.get_state();
        var images = Drawn.Normal(4, 3, 8, 8);

        var output = Augmentation.Adaptive().Augment(images, new AugmentationContext(random, 0));

        output.eq(images).all().item<bool>().Should().BeTrue();
        ReferenceEquals(output, images).Should().BeFalse();
        random.get_state().eq(state).all().item<bool>().Should().BeTrue();
    }

    [Theory]
    [InlineData(DiffAugmentPolicy.Brightness)]
    [InlineData(DiffAugmentPolicy.Saturation)]
    [InlineData(DiffAugmentPolicy.Contrast)]
    [InlineData(DiffAugmentPolicy.Cutout)]
    [InlineData(DiffAugmentPolicy.Translation)]
    public void Augment_WithProbability_LeavesTheOtherImagesBitEqual(DiffAugmentPolicy policy)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var images = Drawn.Normal(2000, 2, 8, 8);

        var output = Augmentation.Adaptive(policy, initialProbability: 0.3).Augment(images, new AugmentationContext(random, 0));

        // A translation by 0, 0 (one in nine) changes nothing though it was drawn.
        var drawn = policy == DiffAugmentPolicy.Translation ? 0.3 * 8 / 9 : 0.3;
        output.ne(images).flatten(1).any(1).to(ScalarType.Float64).mean().item<double>().Should().BeApproximately(drawn, 0.035);
    }

    [Fact]
    public void Augment_WithProbabilityOne_ChangesEveryImage()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        var images = Drawn.Normal(50, 2, 8, 8);

        var output = Augmentation.Adaptive(initialProbability: 1).Augment(images, new AugmentationContext(random, 0));

        output.ne(images).flatten(1).any(1).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void SetState_WithAnothersState_GoesOnAsItWould()
    {
        var first = Augmentation.Adaptive(interval: 4, rampImages: 1000);
        var second = Augmentation.Adaptive(interval: 4, rampImages: 1000, initialProbability: 0.9);
        first.Observe(1, 7);
        first.Observe(0.5, 9);
        var state = first.GetState();

        second.SetState(state);
        foreach (var ada in new[] { first, second })
        {
            ada.Observe(0.7, 5);
            ada.Observe(0.9, 11);
        }

        second.Probability.Should().Be(first.Probability).And.BeGreaterThan(0);
        foreach (var tensor in state.Values)
        {
            tensor.Dispose();
        }
    }

    [Fact]
    public void SetState_WithANameMissing_SaysWhatItHoldsAndChangesNothing()
    {
        using var probability = tensor(0.5, ScalarType.Float32);
        var ada = Augmentation.Adaptive(initialProbability: 0.25);

        var act = () => ada.SetState(new Dictionary<string, Tensor> { ["probability"] = probability });

        act.Should().Throw<ArgumentException>().WithMessage(
            "The state of an adaptive augmentation holds one Float64 number each under probability, sign_sum, images, iterations; "
            + "given was probability (Float32 []). Pass what 'GetState' returned. (Parameter 'state')");
        ada.Probability.Should().Be(0.25);
    }

    [Fact]
    public void Observe_OfAnImpossibleMean_SaysTheRange()
    {
        var act = () => Augmentation.Adaptive().Observe(1.5, 4);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "'realSign' is 1.5; a mean sign is between -1 and 1. (Parameter 'realSign')\nActual value was 1.5.");
    }

    [Fact]
    public void Adaptive_WithATargetOutOfRange_SaysTheRange()
    {
        var act = () => Augmentation.Adaptive(target: 2);

        act.Should().Throw<ArgumentOutOfRangeException>().WithMessage(
            "'target' is 2; it must be between -1 and 1. (Parameter 'target')\nActual value was 2.");
    }

    [Fact]
    public void ToString_TellsProbabilityAndTarget()
    {
        Augmentation.Adaptive(DiffAugmentPolicy.Cutout, initialProbability: 0.25).ToString()
            .Should().Be("ADA(Cutout; p 0.25, target 0.6, every 4 iterations, 0 to 1 over 500000 images)");
    }
}
