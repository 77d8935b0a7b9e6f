using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Conditioning;

/// <summary>Class 0 lies left of the origin, class 1 right of it: a generator asked for a class must give that side.</summary>
public sealed class TwoClassesTests
{
    private const int Iterations = 400;

    [Fact]
    public void ConditionalGan_AskedForAClass_GivesIt()
    {
        manual_seed(1);
        using var generator = new LabelledModule(4, 2, 2);
        using var discriminator = new LabelledModule(2, 2, 1);
        using var gan = Builder().WithGenerator(generator).WithDiscriminator(discriminator).Build();

        Train(gan);

        AgreementOf(gan).Should().BeGreaterThan(0.97);
    }

    [Fact]
    public void ProjectionDiscriminator_AskedForAClass_GivesIt()
    {
        manual_seed(1);
        using var generator = new LabelledModule(4, 2, 2);
        using var discriminator = new ProjectionDiscriminator();
        using var gan = Builder().WithGenerator(generator).WithDiscriminator(discriminator).Build();

        Train(gan);

        AgreementOf(gan).Should().BeGreaterThan(0.97);
    }

    [Fact]
    public void AuxiliaryClassifier_AskedForAClass_GivesIt()
    {
        manual_seed(1);
        using var generator = new LabelledModule(4, 2, 2);
        using var discriminator = new TwoHeaded(2, 2);
        using var gan = Builder().WithGenerator(generator).WithDiscriminator(discriminator).WithClassifier().Build();

        var first = Train(gan, 1);
        var last = Train(gan);

        first.Discriminator.AuxiliaryLoss.Should().BeGreaterThan(last.Discriminator.AuxiliaryLoss);
        last.Generator.AuxiliaryLoss.Should().BeLessThan(0.2);
        AgreementOf(gan).Should().BeGreaterThan(0.97);
    }

    [Fact]
    public void LatentCode_EachCategory_FindsASideOfItsOwn()
    {
        manual_seed(1);
        using var generator = nn.Sequential(nn.Linear(4 + 2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 2));
        using var discriminator = new TwoHeaded(2, 2);
        using var gan = new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(4)).WithLatentCode(categories: 2, continuous: 0)
            .WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(Optimizers.Adam(5e-3, beta1: 0.5)).WithSeed(1).Build();
        using var random = new Generator(1);
        for (var i = 0; i < Iterations; i++)
        {
            using var scope = NewDisposeScope();
            gan.TrainStep(Real(random).Real);
        }

        using var noise = randn([200, 4], generator: random);
        var shares = new List<double>();
        for (var category = 0; category < 2; category++)
        {
            using var scope = NewDisposeScope();
            var code = nn.functional.one_hot(full(200, category, dtype: ScalarType.Int64), 2).to(ScalarType.Float32);
            shares.Add(gan.Generate(cat([noise, code], 1))[TensorIndex.Colon, 0].gt(0).to(ScalarType.Float32).mean().ToSingle());
        }

        Math.Abs(shares[0] - shares[1]).Should().BeGreaterThan(0.9, "one category is left and the other right");
    }

    [Fact]
    public void TrainStep_ConditionalNetworks_KeepTheGuarantees()
    {
        using var generator = new LabelledModule(4, 2, 2);
        using var discriminator = new TwoHeaded(2, 2);
        using var gan = Builder().WithGenerator(generator).WithDiscriminator(discriminator).WithClassifier().Build();
        using var random = new Generator(1);
        Train(gan, 1);
        var before = Snapshot.Of(discriminator);

        gan.TrainGenerator(Real(random));

        Snapshot.Of(discriminator).Should().Be(before);
    }

    private static GanBuilder Builder() => new GanBuilder()
        .WithLatent(Latent.Normal(4))
        .WithClassLabels(2)
        .WithLoss(AdversarialLoss.NonSaturating())
        .WithOptimizers(Optimizers.Adam(5e-3, beta1: 0.5))
        .WithSeed(1);

    private static StepResult Train(Gan gan, int iterations = Iterations)
    {
        using var random = new Generator(1);
        var last = default(StepResult);
        for (var i = 0; i < iterations; i++)
        {
            using var scope = NewDisposeScope();
            last = gan.TrainStep(Real(random));
        }

        return last;
    }

    private static Batch Real(Generator random)
    {
        var labels = randint(2, 64, dtype: ScalarType.Int64, generator: random);
        var points = randn([64, 2], generator: random) * 0.3;
        points[TensorIndex.Colon, 0] += (labels.to(ScalarType.Float32) * 4) - 2;
        return new Batch(points, labels);
    }

    private static double AgreementOf(Gan gan)
    {
        using var scope = NewDisposeScope();
        var labels = arange(1000, dtype: ScalarType.Int64).remainder(2);
        var right = gan.Sample(1000, labels)[TensorIndex.Colon, 0].gt(0);
        return right.eq(labels.eq(1)).to(ScalarType.Float64).mean().ToDouble();
    }

    private sealed class ProjectionDiscriminator : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> features;
        private readonly nn.Module<Tensor, Tensor, Tensor> head;

        public ProjectionDiscriminator()
            : base(nameof(ProjectionDiscriminator))
        {
            features = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2));
            head = GanLayer.ProjectionHead(32, 2);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input, Tensor labels)
        {
            using var found = features.call(input);
            return head.call(found, labels);
        }
    }
}
