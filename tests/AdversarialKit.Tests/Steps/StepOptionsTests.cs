using AdversarialKit.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary>What the builder's options do to a step.</summary>
public sealed class StepOptionsTests : IDisposable
{
    private readonly Sequential _generator = nn.Sequential(("hidden", nn.Linear(4, 8)), ("relu", nn.LeakyReLU(0.2)), ("out", nn.Linear(8, 6)));
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real();

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
    }

    [Fact]
    public void GradientAccumulation_OverMicroBatches_EqualsTheLargeBatch()
    {
        var whole = TrainInFloat64(microBatches: 1);
        var split = TrainInFloat64(microBatches: 3);

        split.Result.Discriminator.Loss.Should().BeApproximately(whole.Result.Discriminator.Loss, 1e-12);
        split.Result.Generator.Loss.Should().BeApproximately(whole.Result.Generator.Loss, 1e-12);
        split.Weights.Zip(whole.Weights).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-10);
    }

    [Fact]
    public void Penalty_WithInterval_IsComputedOnlyWhenDueAndThenCountsIntervalTimes()
    {
        var penalty = new CountingPenalty();
        using var gan = Builder().WithPenalty(penalty, weight: 2, interval: 3).Build();

        var penalties = Enumerable.Range(0, 7).Select(_ => gan.TrainStep(_real).Discriminator.Penalty).ToList();

        penalty.Calls.Should().Be(3);
        penalties.Should().Equal(6, 0, 0, 6, 0, 0, 6);
    }

    [Fact]
    public void WeightClipping_AfterEachStep_BoundsEveryWeightOfTheDiscriminatorAlone()
    {
        using var gan = Builder().WithWeightClipping(0.01).Build();

        gan.TrainStep(_real);

        _discriminator.parameters().Should().OnlyContain(p => p.abs().max().ToSingle() <= 0.01f);
        _generator.parameters().Should().Contain(p => p.abs().max().ToSingle() > 0.01f);
    }

    [Fact]
    public void GradientClipping_ByNorm_ReportsTheNormBeforeAndStepsWithTheBoundedOne()
    {
        using var gan = Builder().WithOptimizers(p => optim.SGD(p, 1)).WithGradientClipping(Clip.Norm(1e-3)).Build();
        var before = _discriminator.parameters().Select(p => p.detach().clone()).ToList();

        var result = gan.TrainDiscriminator(_real);

        var moved = Math.Sqrt(_discriminator.parameters().Zip(before, (p, b) => (p.detach() - b).pow(2).sum().ToSingle()).Sum(x => (double)x));
        result.GradientNorm.Should().BeGreaterThan(0.01);
        moved.Should().BeApproximately(1e-3, 1e-5);
    }

    [Fact]
    public void GradientNorms_OnlyWhenAskedFor_AreMeasured()
    {
        using (var silent = Builder().Build())
        {
            silent.TrainStep(_real).Generator.GradientNorm.Should().Be(double.NaN);
        }

        using var gan = Builder().WithGradientNorms().Build();
        var result = gan.TrainStep(_real);

        var norm = Math.Sqrt(_generator.parameters().Sum(p => (double)p.grad!.pow(2).sum().ToSingle()));
        result.Generator.GradientNorm.Should().BeApproximately(norm, 1e-5);
        result.Discriminator.GradientNorm.Should().BeGreaterThan(0);
    }

    [Fact]
    public void GeneratorAverage_Sample_ComesFromTheAverageAndLeavesTheLiveWeights()
    {
        using var gan = Builder().WithGeneratorAverage(Ema.Decay(0.9)).Build();
        using var latents = gan.DrawLatents(8);
        using var start = gan.Generate(latents);
        gan.TrainStep(_real);
        var before = Snapshot.Of(_generator);

        using var averaged = gan.Generate(latents);

        Snapshot.Of(_generator).Should().Be(before);
        _generator.eval();
        using var live = _generator.call(latents);
        var (toStart, liveToStart) = ((averaged - start).abs().mean().ToSingle(), (live - start).abs().mean().ToSingle());
        toStart.Should().BeInRange(0.01f * liveToStart, 0.3f * liveToStart, "the average has gone a tenth of the way");
    }

    [Fact]
    public void GeneratorAverage_ExceptionWhileSampling_PutsTheLiveWeightsBack()
    {
        var failing = new FailingLayer();
        using var generator = nn.Sequential(("hidden", nn.Linear(4, 6)), ("failing", failing));
        using var gan = Toy.Builder(generator, _discriminator).WithGeneratorAverage(Ema.Decay(0.9)).Build();
        gan.TrainStep(_real);
        var before = Snapshot.Of(generator);
        failing.FailAt = 0;

        var act = () => gan.Sample(4);

        act.Should().Throw<InvalidOperationException>().WithMessage("broken on purpose");
        Snapshot.Of(generator).Should().Be(before);
    }

    [Fact]
    public void LearningRates_Schedules_AreFollowedByEachOptimizer()
    {
        Adam? discriminator = null;
        Adam? generator = null;
        using var gan = Builder()
            .WithOptimizers(discriminator: p => discriminator = optim.Adam(p, 1e-2), generator: p => generator = optim.Adam(p, 1e-3))
            .WithLearningRates(discriminator: Schedule.Step(every: 2, factor: 0.5), generator: Schedule.Constant())
            .Build();

        for (var i = 0; i < 3; i++)
        {
            gan.TrainStep(_real);
        }

        discriminator!.ParamGroups.Single().LearningRate.Should().Be(5e-3);
        generator!.ParamGroups.Single().LearningRate.Should().Be(1e-3);
    }

    [Fact]
    public void Augmentation_InBothSteps_SeesRealSamplesAndFakesAndIsToldHowTheDiscriminatorFared()
    {
        var augmentation = new RecordingAugmentation();
        using var gan = Builder().WithAugmentation(augmentation).Build();

        gan.TrainStep(_real);

        augmentation.Calls.Should().Be(3, "real samples and fakes in the discriminator step, fakes in the generator step");
        augmentation.Observed.Should().ContainSingle().Which.Should().BeInRange(-1, 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RelativisticLoss_GeneratorStep_LooksAtRealLogitsWithoutTouchingTheDiscriminator(bool average)
    {
        using var discriminator = nn.Sequential(
            ("hidden", SpectralNorm.Linear(6, 8)), ("norm", nn.BatchNorm1d(8)), ("relu", nn.LeakyReLU(0.2)), ("out", SpectralNorm.Linear(8, 1)));
        using var gan = Toy.Builder(_generator, discriminator)
            .WithLoss(average ? AdversarialLoss.RelativisticAverage() : AdversarialLoss.RelativisticPaired())
            .Build();
        var first = gan.TrainStep(_real);
        var before = Snapshot.Of(discriminator);

        gan.TrainGenerator(_real);

        Snapshot.Of(discriminator).Should().Be(before);
        var terms = first.Discriminator.RealLoss + first.Discriminator.FakeLoss;
        terms.Should().Be(average ? terms : double.NaN, "RpGAN does not fall into terms");
        (average ? terms : first.Discriminator.Loss).Should().BeApproximately(first.Discriminator.Loss, 1e-6);
        first.Discriminator.RealAccuracy.Should().BeInRange(0, 1);
    }

    [Fact]
    public void DiscriminatorSteps_Several_EachTakeABatchOfTheirOwn()
    {
        using var gan = Builder().WithDiscriminatorSteps(2).Build();
        using var other = ones(16, 6);

        gan.TrainStep(_real, other).Iteration.Should().Be(1);
    }

    [Fact]
    public void Loss_ThatReturnsNoScalar_IsToldInWords()
    {
        using var gan = Builder().WithLoss(new UnreducedLoss()).Build();

        var act = () => gan.TrainStep(_real);

        act.Should().Throw<InvalidOperationException>().WithMessage(
            "The loss unreduced returned a tensor of shape [16, 1]; a loss returns a scalar. Take its mean().");
    }

    private GanBuilder Builder() => Toy.Builder(_generator, _discriminator);

    private (StepResult Result, double[] Weights) TrainInFloat64(int microBatches)
    {
        manual_seed(5);
        using var generator = nn.Sequential(nn.Linear(4, 8), nn.LeakyReLU(0.2), nn.Linear(8, 6));
        using var discriminator = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 1));
        generator.to(ScalarType.Float64);
        discriminator.to(ScalarType.Float64);
        using var gan = Toy.Builder(generator, discriminator)
            .WithLoss(AdversarialLoss.Hinge())
            .WithPenalty(Penalty.R1(), 0.5)
            .WithOptimizers(p => optim.SGD(p, 0.05))
            .WithGradientAccumulation(microBatches)
            .Build();
        using var real = _real.to(ScalarType.Float64);
        var result = default(StepResult);
        for (var i = 0; i < 3; i++)
        {
            result = gan.TrainStep(real);
        }

        return (result, [.. generator.parameters().Concat(discriminator.parameters()).SelectMany(p => p.detach().data<double>().ToArray())]);
    }

    private sealed class CountingPenalty : IDiscriminatorPenalty
    {
        public int Calls { get; private set; }

        public Tensor Compute(PenaltyContext context)
        {
            Calls++;
            return (context.RealLogits.sum() * 0) + 1;
        }
    }

    private sealed class RecordingAugmentation : IAugmentation
    {
        public int Calls { get; private set; }

        public List<double> Observed { get; } = [];

        public Tensor Augment(Tensor images, AugmentationContext context)
        {
            Calls++;
            return images.alias();
        }

        public void Observe(double realSign, long batchSize) => Observed.Add(realSign);
    }

    private sealed class UnreducedLoss : IAdversarialLoss
    {
        public Tensor DiscriminatorReal(Tensor real) => real.neg();

        public Tensor DiscriminatorFake(Tensor fake) => fake.alias();

        public Tensor Generator(Tensor fake) => fake.neg();

        public override string ToString() => "unreduced";
    }
}
