using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

public sealed class ConditionalSamplerTests
{
    [Fact]
    public void Sample_Labels_AreThoseOfEachSample()
    {
        using var generator = new LabelledModule(4, 3, 6);
        using var discriminator = new LabelledModule(6, 3, 1);
        using var gan = Builder().WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithClassLabels(3).Build();
        using var sampler = GanSampler.FromGan(gan, () => new LabelledModule(4, 3, 6), ServedToy.Apart);
        using var latents = sampler.DrawLatents(5, seed: 1);
        using var labels = tensor(new long[] { 0, 1, 2, 1, 0 });

        ServedToy.DigestOf(sampler.Generate(latents, labels)).Should().Be(ServedToy.DigestOf(gan.Generate(latents, labels)));

        using var wrong = tensor(new long[] { 0, 3, 0, 0, 0 });
        using var few = tensor(new long[] { 0 });
        FluentActions.Invoking(() => sampler.Sample(5, wrong)).Should().Throw<ArgumentException>()
            .WithMessage("The labels run from 0 to 3, but the generator has 3 classes: 0 to 2 are allowed. (Parameter 'condition')");
        FluentActions.Invoking(() => sampler.Sample(5, few)).Should().Throw<ArgumentException>()
            .WithMessage("The sampler's generator needs one label per sample, Int64 [5], but the condition is Int64 [1]. (Parameter 'condition')");
        FluentActions.Invoking(() => sampler.Sample(5)).Should().Throw<ArgumentException>()
            .WithMessage("The sampler's generator needs one label per sample, Int64 [5], but the condition is none. (Parameter 'condition')");
    }

    [Fact]
    public void FromGan_ConditionOfIndices_IsTriedOnOnesThatThereAre()
    {
        using var generator = new Indexed(4, 6);
        using var discriminator = new Indexed(6, 1);
        using var gan = Builder().WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithCondition(ScalarType.Int64, 3).Build();
        using var sampler = GanSampler.FromGan(gan, () => new Indexed(4, 6), ServedToy.Apart);
        using var latents = sampler.DrawLatents(5, seed: 1);
        using var condition = arange(15, ScalarType.Int64).remainder(4).reshape(5, 3);

        ServedToy.DigestOf(sampler.Generate(latents, condition)).Should().Be(ServedToy.DigestOf(gan.Generate(latents, condition)));
    }

    /// <summary>A generator of pictures of pictures has no latents at all.</summary>
    [Fact]
    public void Sample_OfAGeneratorOfItsConditionAlone_MakesThem()
    {
        using var generator = nn.Linear(3, 6);
        using var discriminator = new Pair();
        using var gan = Builder().WithGenerator(generator).WithDiscriminator(discriminator).WithoutLatent().WithCondition(3).Build();
        using var sampler = GanSampler.FromGan(gan, () => nn.Linear(3, 6));
        using var condition = rand(5, 3);
        using var expected = generator.forward(condition);

        using var samples = sampler.Sample(5, condition);

        samples.allclose(expected).Should().BeTrue();
    }

    /// <summary>What Gumbel-softmax draws follows from the seed, whatever draws beside it.</summary>
    [Fact]
    public void Sample_GeneratorWithGumbelSoftmax_HasBatchesOfItsOwnAndTheBitsOfItsSeed()
    {
        static nn.Module<Tensor, Tensor> Make() => nn.Sequential(nn.Linear(4, 6), GanLayer.GumbelSoftmax(0.5, hard: true));
        using var generator = Make();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var sampler = GanSampler.FromGan(gan, Make, new GanSamplerOptions { Threads = 4, LargestBatch = 16 });
        using var before = random.get_rng_state().clone();
        string Of(int seed) => ServedToy.DigestOf(sampler.Sample(40, seed: seed));
        var expected = Enumerable.Range(0, 40).Select(Of).ToList();
        var given = new string[40];

        Parallel.For(0, 40, i => given[i] = Of(i));

        sampler.BatchSizes.AreShared.Should().BeFalse();
        given.Should().Equal(expected).And.OnlyHaveUniqueItems();
        using var after = random.get_rng_state();
        after.bytes.SequenceEqual(before.bytes).Should().BeTrue();
    }

    private static GanBuilder Builder() =>
        new GanBuilder().WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(p => optim.Adam(p, 1e-2)).WithSeed(7);

    private sealed class Pair : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> layer = nn.Linear(9, 1);

        public Pair() : base(nameof(Pair)) => RegisterComponents();

        public override Tensor forward(Tensor input, Tensor condition) => layer.call(cat([input, condition], 1));
    }

    /// <summary>Takes three indices of 0 to 3 beside its input.</summary>
    private sealed class Indexed : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Embedding embedding = nn.Embedding(4, 2);
        private readonly nn.Module<Tensor, Tensor> linear;

        public Indexed(long inputs, long outputs)
            : base(nameof(Indexed))
        {
            linear = nn.Linear(inputs + 6, outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input, Tensor indices) => linear.call(cat([input, embedding.call(indices).flatten(1)], 1));
    }
}
