using AdversarialKit.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Terms;

/// <summary>What goes beyond a latent, a generator and a discriminator: terms, conditions, companions, histories, packs, drawn labels.</summary>
public sealed class GanBuilderGrowthTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly string _root = Directory.CreateTempSubdirectory("adversarialkit-").FullName;

    public GanBuilderGrowthTests() => random.manual_seed(3);

    public void Dispose()
    {
        _scope.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void WithGeneratorTerm_L1_IsPartOfTheLossAndReported()
    {
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator())
            .WithGeneratorTerm("distance", GeneratorTerm.L1(), weight: 5)
            .WithGeneratorTerm("size", c => c.Fakes.square().mean(), weight: 0.5, interval: 2)
            .Build();

        var first = gan.TrainStep(Toy.Real()).Generator;
        var second = gan.TrainStep(Toy.Real()).Generator;

        first.Terms.Keys.Should().Equal("distance", "size");
        second.Terms.Keys.Should().Equal("distance");
        var adversarial = first.Loss - (5 * first.Terms["distance"]) - (0.5 * 2 * first.Terms["size"]);
        adversarial.Should().BeInRange(0.1, 2, "that is what is left for the non-saturating loss");
    }

    [Fact]
    public void WithGeneratorTerm_Content_DoesNotMoveTheNetworkByAByte()
    {
        using var content = nn.Sequential(nn.Linear(6, 4), nn.BatchNorm1d(4), new MovingBufferLayer());
        var before = Snapshot.Of(content);
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithGeneratorTerm("content", GeneratorTerm.Content(content)).Build();

        gan.TrainStep(Toy.Real()).Generator.Terms["content"].Should().BeGreaterThan(0);

        Snapshot.Of(content).Should().Be(before);
    }

    [Fact]
    public void WithGeneratorTerm_FeatureMatching_IsTheDistanceOfMeanFeaturesAndLeavesTheDiscriminator()
    {
        using var discriminator = new Showing();
        using var gan = Toy.Builder(Toy.Generator(), discriminator).WithGeneratorTerm("features", GeneratorTerm.FeatureMatching()).Build();
        gan.TrainDiscriminator(Toy.Real());
        var before = gan.Combined.Discriminator.Fingerprint();

        gan.TrainGenerator(Toy.Real()).Terms["features"].Should().BeGreaterThan(0);

        gan.Combined.Discriminator.Fingerprint().Should().Be(before);
    }

    [Fact]
    public void Build_FeatureMatchingWithoutFeatures_SaysWhatToImplement() => Toy.Builder(Toy.Generator(), Toy.Discriminator())
        .WithGeneratorTerm("features", GeneratorTerm.FeatureMatching())
        .Invoking(b => b.Build()).Should().Throw<InvalidGanException>().Which.Faults.Should().Equal(
            "The generator term 'features' cannot be computed for samples of shape [2, 6]: The discriminator shows no intermediate features. " +
            "Let its module implement IIntermediateFeatures.");

    [Fact]
    public void FeatureMatching_OnKnownFeatures_IsTheirSquaredDistance()
    {
        using var random = new Generator(1);
        var context = new GeneratorTermContext(z => z, x => x, random)
        {
            Latents = zeros(2, 1),
            Real = tensor(new[,] { { 1f, 2f }, { 3f, 4f } }),
            Fakes = tensor(new[,] { { 0f, 2f }, { 1f, 0f } }, requires_grad: true),
            Logits = zeros(2, 1),
            FeatureSource = (x, _) => [x, 2 * x],
        };

        // means (2, 3) and (0.5, 1): 1.5^2 + 2^2 = 6.25, and four times as much for the doubled layer
        GeneratorTerm.FeatureMatching().Compute(context).ToDouble().Should().BeApproximately(31.25, 1e-5);
    }

    [Fact]
    public void PathLength_OnALinearGenerator_IsTheVarianceOfKnownLengths()
    {
        var matrix = tensor(new[,] { { 1f, 2f, 0f }, { 0f, 1f, 3f } });
        using var random = new Generator(1);
        using var same = new Generator(1);
        var context = new GeneratorTermContext(z => z, x => x, random)
        {
            Latents = ones(4, 2),
            Real = ones(4, 3),
            Fakes = ones(4, 3),
            Logits = zeros(4, 1),
            Styles = new LinearStyles(matrix),
            LatentSource = count => ones(count, 2),
        };
        var term = GeneratorTerm.PathLength(decay: 1, batchShare: 1);

        var penalty = term.Compute(context).ToDouble();

        // J^T y = y A^T for G(w) = w A; samples are vectors, so there is one pixel, and with a decay of 1 the average is the mean length
        var lengths = randn(4, 3, generator: same).mm(matrix.t()).square().sum(1).sqrt();
        penalty.Should().BeApproximately((lengths - lengths.mean()).square().mean().ToDouble(), 1e-5);
        ((IStateful)term).GetState()["mean"].ToDouble().Should().BeApproximately(lengths.mean().ToDouble(), 1e-5);
    }

    [Fact]
    public void ModeSeeking_OnAScalingGenerator_IsTheReciprocalOfTheScale()
    {
        using var random = new Generator(1);
        var latents = randn(8, 2);
        var context = new GeneratorTermContext(z => 4 * z, x => x, random)
        {
            Latents = latents,
            Real = zeros(8, 2),
            Fakes = 4 * latents,
            Logits = zeros(8, 1),
            LatentSource = count => randn(count, 2, generator: random),
        };

        GeneratorTerm.ModeSeeking().Compute(context).ToDouble().Should().BeApproximately(0.25, 1e-4);
    }

    [Fact]
    public void WithCondition_PicturesWithoutLatent_TranslatesThem()
    {
        using var generator = nn.Sequential(nn.Conv2d(1, 4, 3, padding: 1), nn.ReLU(), nn.Conv2d(4, 2, 3, padding: 1));
        using var discriminator = new OnPairs();
        using var gan = new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator).WithoutLatent().WithCondition(1, 4, 4)
            .WithLoss(AdversarialLoss.LeastSquares()).WithOptimizers(Optimizers.Adam(1e-3)).WithGeneratorTerm("l1", GeneratorTerm.L1(), 100).WithSeed(1).Build();

        var step = gan.TrainStep(new Batch(randn(6, 2, 4, 4), randn(6, 1, 4, 4)));
        using var samples = gan.Sample(3, randn(3, 1, 4, 4));

        double.IsFinite(step.Generator.Loss).Should().BeTrue();
        samples.shape.Should().Equal(3, 2, 4, 4);
        gan.Invoking(g => g.TrainStep(new Batch(randn(6, 2, 4, 4), randn(6, 1, 5, 4)))).Should().Throw<ArgumentException>().WithMessage(
            "This GAN needs one condition per sample, Float32 [6, 1, 4, 4] as WithCondition says, but the condition is Float32 [6, 1, 5, 4]. (Parameter 'condition')");
    }

    [Fact]
    public void WithGeneratorCompanion_LearnsWithTheGeneratorAndIsResumed()
    {
        using var companion = nn.Linear(6, 4);
        using var gan = WithCompanion(companion).Build();
        var before = gan.System.Networks[2].Fingerprint();
        gan.TrainDiscriminator(Toy.Real());
        gan.System.Networks[2].Fingerprint().Should().Be(before);

        gan.TrainGenerator(Toy.Real());

        gan.System.Networks[2].Fingerprint().Should().NotBe(before);
        gan.SaveCheckpoint(_root);
        using var fresh = nn.Linear(6, 4);
        using var resumed = WithCompanion(fresh).Build();
        resumed.LoadCheckpoint(_root);
        resumed.System.Networks[2].Fingerprint().Should().Be(gan.System.Networks[2].Fingerprint());
    }

    [Fact]
    public void WithFakeHistory_IsFilledAndResumed()
    {
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithFakeHistory(20).Build();
        gan.TrainStep(Toy.Real());
        gan.TrainStep(Toy.Real());
        gan.SaveCheckpoint(_root);
        using var other = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithFakeHistory(20).Build();

        other.LoadCheckpoint(_root);

        other.Parts.History!.Count.Should().Be(20);
        other.Parts.History.Copy(19).Equals(gan.Parts.History!.Copy(19)).Should().BeTrue();
    }

    [Fact]
    public void WithFakeHistory_DiscriminatorWithASecondOutput_IsRefused()
    {
        using var discriminator = new TwoHeaded(6, 3);

        var building = () => new GanBuilder().WithGenerator(Toy.Generator()).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithLatentCode(3, 0)
            .WithOptimizers(Optimizers.Adam(1e-3)).WithFakeHistory(20).Build();

        building.Should().Throw<InvalidGanException>().WithMessage("*WithFakeHistory was called, but the discriminator takes a condition or has a second output*");
    }

    [Fact]
    public void FeatureMatching_WithDrawnLabels_ShowsRealSamplesUnderTheirOwn()
    {
        using var generator = new LabelledModule(4, 2, 6);
        using var discriminator = new LabelledShowing();
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithGenerator(generator).WithDiscriminator(discriminator).WithClassLabels(2)
            .WithFakeLabels(FakeLabels.Shares(0, 1)).WithGeneratorTerm("features", GeneratorTerm.FeatureMatching()).Build();
        discriminator.Seen.Clear();

        gan.TrainGenerator(new Batch(Toy.Real(8), zeros(8, dtype: ScalarType.Int64)));

        discriminator.Seen.Should().Equal("1 1 1 1 1 1 1 1", "0 0 0 0 0 0 0 0");
    }

    [Fact]
    public void FeatureMatching_FirstLayerThatWorksInPlace_LeavesTheCallersBatch()
    {
        using var discriminator = new InPlaceShowing();
        using var gan = Toy.Builder(Toy.Generator(), discriminator).WithGeneratorTerm("features", GeneratorTerm.FeatureMatching()).Build();
        using var real = Toy.Real(8);
        using var before = real.clone();

        gan.TrainStep(real);

        real.Equals(before).Should().BeTrue();
    }

    [Theory]
    [InlineData("penalty")]
    [InlineData("auxiliary loss")]
    [InlineData("loss")]
    public void WithPenalty_NamedAsANumberOfTheStep_IsReportedUnderASecondName(string name)
    {
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithPenalty(new Named(name), 1).Build();

        gan.TrainStep(Toy.Real()).Discriminator.Penalties.Keys.Should().Equal($"{name} (2)");
    }

    [Fact]
    public void CompleteIteration_WithoutSamples_CountsAndObservesNothing()
    {
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithAugmentation(new Observing()).Build();

        gan.System.CompleteIteration(0);

        gan.Iteration.Should().Be(1);
    }

    [Theory]
    [InlineData("aux")]
    [InlineData("com1")]
    [InlineData("a-name-that-is-far-too-long-for-a-file-beside-optimizers")]
    public void Build_CompanionThatCannotBeAFile_IsRefused(string name)
    {
        using var companion = nn.Linear(6, 4);

        var building = () => Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithGeneratorCompanion(name, companion).Build();

        building.Should().Throw<InvalidGanException>().WithMessage($"*The companion is named '{name}', but names become files*");
    }

    [Fact]
    public void WithPacking_WassersteinPenalty_IsThatOfADiscriminatorOfPacks()
    {
        using var discriminator = nn.Sequential(nn.Linear(12, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1));
        using var gan = Toy.Builder(Toy.Generator(), discriminator).WithLoss(AdversarialLoss.Wasserstein()).WithPacking(2)
            .WithPenalty(Penalty.R1(), 1).Build();
        var real = Toy.Real(8);
        var packs = real.reshape(4, 12).requires_grad_(true);
        using var judged = discriminator.call(packs);
        autograd.backward([judged.sum()], inputs: [packs]);
        var expected = packs.grad!.square().sum().ToDouble() / 2 / 4;

        var step = gan.TrainDiscriminator(real);

        step.Penalty.Should().BeApproximately(expected, 1e-6);
        step.RealLoss.Should().BeApproximately(-judged.mean().ToDouble(), 1e-6);
        gan.Invoking(g => g.TrainStep(Toy.Real(7))).Should().Throw<ArgumentException>().WithMessage(
            "The real batch holds 7 samples, but WithPacking(2) shows the discriminator 2 at once; the number must be a multiple of it. (Parameter 'batch')");
    }

    [Fact]
    public void R1_BesideMinibatchStdDev_IsAllowedAndWganGpIsNot()
    {
        nn.Module<Tensor, Tensor> Discriminator() => nn.Sequential(nn.Conv2d(1, 4, 3), nn.LeakyReLU(0.2), GanLayer.MinibatchStdDev(), nn.Flatten(), nn.Linear(20, 1));
        nn.Module<Tensor, Tensor> Generator() => nn.Sequential(nn.Linear(4, 16), nn.Unflatten(1, [1, 4, 4]));

        using var gan = Toy.Builder(Generator(), Discriminator()).WithPenalty(Penalty.R1(), 1).Build();

        gan.TrainStep(randn(8, 1, 4, 4)).Discriminator.Penalty.Should().BeGreaterThan(0);
        Toy.Builder(Generator(), Discriminator()).WithPenalty(Penalty.WganGp(), 10).Invoking(b => b.Build()).Should().Throw<InvalidGanException>();
    }

    [Fact]
    public void TrainGenerator_WithAnObjectiveOfOnesOwn_CountsAsAnIteration()
    {
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithGeneratorAverage(Ema.Decay(0.5)).Build();
        var before = gan.System.Networks[0].Fingerprint();

        var result = gan.TrainGenerator(Toy.Real(), c => -c.Discriminate(c.Fakes).mean());

        gan.Iteration.Should().Be(1);
        double.IsFinite(result.Loss).Should().BeTrue();
        gan.System.Networks[0].Fingerprint().Should().NotBe(before);
        gan.Invoking(g => g.TrainGenerator(Toy.Real(), c => c.Fakes.detach().mean())).Should().Throw<InvalidOperationException>()
            .WithMessage("The objective of the step 'generator' is not connected to anything that the step trains.*");
        gan.Iteration.Should().Be(1);
    }

    [Fact]
    public void Sample_ByChoice_TakesTheLiveOrTheAveragedWeights()
    {
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, Toy.Discriminator()).WithGeneratorAverage(Ema.Decay(0.9)).Build();
        gan.TrainStep(Toy.Real());
        var latents = gan.DrawLatents(5);
        generator.eval();

        gan.Generate(latents, GeneratorWeights.Live).Equals(generator.call(latents)).Should().BeTrue();
        gan.Generate(latents, GeneratorWeights.Average).Equals(gan.Generate(latents)).Should().BeTrue();
        gan.Generate(latents, GeneratorWeights.Average).Equals(gan.Generate(latents, GeneratorWeights.Live)).Should().BeFalse();
    }

    [Fact]
    public void Penalties_AreReportedOneByOne()
    {
        using var gan = Toy.Builder(Toy.Generator(), Toy.Discriminator()).WithPenalty(Penalty.R1(), 2).WithPenalty(Penalty.R2(), 3, interval: 2).Build();

        var first = gan.TrainStep(Toy.Real()).Discriminator;
        var second = gan.TrainStep(Toy.Real()).Discriminator;

        first.Penalties.Keys.Should().Equal("R1", "R2");
        first.Penalty.Should().BeApproximately((2 * first.Penalties["R1"]) + (6 * first.Penalties["R2"]), 1e-5);
        second.Penalties.Keys.Should().Equal("R1");
    }

    [Fact]
    public void WithFakeLabels_Shares_DrawsOnlyTheClassesThatHaveSome()
    {
        using var random = new Generator(1);

        var drawn = FakeLabels.Shares(0, 3, 1).Draw(4000, 3, random, CPU);

        drawn.eq(0).sum().ToInt64().Should().Be(0);
        drawn.eq(1).sum().ToInt64().Should().BeInRange(2850, 3150);
        FluentActions.Invoking(() => FakeLabels.Shares(1, -1)).Should().Throw<ArgumentException>();
    }

    private static GanBuilder WithCompanion(nn.Module<Tensor, Tensor> companion) => Toy.Builder(Toy.Generator(), Toy.Discriminator())
        .WithGeneratorCompanion("encoder", companion)
        .WithGeneratorTerm("code", c => (companion.call(c.Fakes) - c.Latents).square().mean());

    private sealed class Named(string name) : IDiscriminatorPenalty
    {
        public Tensor Compute(PenaltyContext context) => context.RealLogits.square().mean();

        public override string ToString() => name;
    }

    /// <summary>As adaptive augmentation, it takes no batch of nothing.</summary>
    private sealed class Observing : IAugmentation
    {
        public Tensor Augment(Tensor images, AugmentationContext context) => images.alias();

        public void Observe(double realSign, long batchSize) => ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
    }

    private sealed class LabelledShowing : nn.Module<Tensor, Tensor, Tensor>, IIntermediateFeatures
    {
        private readonly LabelledModule layers = new(6, 2, 1);

        public LabelledShowing()
            : base(nameof(LabelledShowing)) => RegisterComponents();

        public List<string> Seen { get; } = [];

        public override Tensor forward(Tensor samples, Tensor labels) => layers.call(samples, labels);

        public IReadOnlyList<Tensor> Features(Tensor samples, Tensor? condition)
        {
            Seen.Add(string.Join(' ', condition!.data<long>().ToArray()));
            return [layers.call(samples, condition)];
        }
    }

    private sealed class InPlaceShowing : nn.Module<Tensor, Tensor>, IIntermediateFeatures
    {
        private readonly nn.Module<Tensor, Tensor> hidden = nn.Linear(6, 8);
        private readonly nn.Module<Tensor, Tensor> head = nn.Linear(8, 1);

        public InPlaceShowing()
            : base(nameof(InPlaceShowing)) => RegisterComponents();

        public override Tensor forward(Tensor samples) => head.call(Features(samples, null)[0]);

        public IReadOnlyList<Tensor> Features(Tensor samples, Tensor? condition) => [hidden.call(samples.mul_(0.5))];
    }

    private sealed class Showing : nn.Module<Tensor, Tensor>, IIntermediateFeatures
    {
        private readonly Linear hidden = nn.Linear(6, 8);
        private readonly MovingBufferLayer moving = new();
        private readonly Linear output = nn.Linear(8, 1);

        public Showing()
            : base(nameof(Showing)) => RegisterComponents();

        public override Tensor forward(Tensor input) => output.call(Features(input, null)[0]);

        public IReadOnlyList<Tensor> Features(Tensor samples, Tensor? condition) => [moving.call(hidden.call(samples).relu())];
    }

    private sealed class OnPairs : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly Sequential layers = nn.Sequential(nn.Conv2d(3, 4, 3), nn.LeakyReLU(0.2), nn.Conv2d(4, 1, 2));

        public OnPairs()
            : base(nameof(OnPairs)) => RegisterComponents();

        public override Tensor forward(Tensor pictures, Tensor source) => layers.call(cat([source, pictures], 1));
    }

    private sealed class LinearStyles(Tensor matrix) : IStyleGenerator
    {
        public Tensor Map(Tensor latents, Tensor? condition) => latents.detach().requires_grad_(true);

        public Tensor Synthesize(Tensor styles, Tensor? condition) => styles.mm(matrix.detach().requires_grad_(true));
    }
}
