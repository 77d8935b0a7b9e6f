using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

public sealed class TruncationTests : IDisposable
{
    private readonly TwoPartGenerator _generator = new();
    private readonly LabelledModule _discriminator = new(6, 3, 1);
    private readonly Gan _gan;
    private readonly GanSampler _sampler;

    public TruncationTests()
    {
        using var random = new Generator(1);
        Initialize.GlorotUniform(_generator, random);
        _gan = new GanBuilder()
            .WithGenerator(_generator).WithDiscriminator(_discriminator).WithLatent(Latent.Normal(4)).WithClassLabels(3)
            .WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(p => optim.Adam(p, 1e-2)).WithSeed(7).Build();
        _sampler = GanSampler.FromGan(_gan, () => new TwoPartGenerator());
    }

    public void Dispose()
    {
        _sampler.Dispose();
        _gan.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public void Psi_Zero_MakesTheMeanSampleOfEachClass()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 1, 2, 0, 1, 2 });

        var samples = _sampler.Sample(6, labels, seed: 1, psi: 0);

        ServedToy.DigestOf(samples.narrow(0, 0, 3)).Should().Be(ServedToy.DigestOf(samples.narrow(0, 3, 3)));
        var mean = MeanStyle(label: 1, latents: 200_000);
        var expected = _generator.Synthesize(mean, null);
        (samples[1] - expected[0]).abs().max().ToSingle().Should().BeLessThan(0.05f, "a thousand latents tell the mean style that well");
        (samples[0] - samples[1]).abs().max().ToSingle().Should().BeGreaterThan(0.01f, "classes have means of their own");
    }

    [Fact]
    public void Psi_Half_IsHalfTheWayOfTheStyle()
    {
        using var scope = NewDisposeScope();
        var latents = _sampler.DrawLatents(50, seed: 1);
        var labels = ones(50, ScalarType.Int64);
        var mean = MeanStyle(label: 1, latents: 200_000);
        var expected = _generator.Synthesize(mean + (0.5 * (_generator.Map(latents, labels) - mean)), null);

        var samples = _sampler.Generate(latents, labels, psi: 0.5);

        (samples - expected).abs().max().ToSingle().Should().BeLessThan(0.05f);
        (samples - _sampler.Generate(latents, labels)).abs().max().ToSingle().Should().BeGreaterThan(0.1f, "psi matters");
        _sampler.Truncates.Should().BeTrue();
    }

    [Fact]
    public void Psi_One_IsTheGeneratorItself()
    {
        using var scope = NewDisposeScope();
        using var sampler = GanSampler.FromGan(_gan, () => new TwoPartGenerator(), ServedToy.Apart);
        var latents = sampler.DrawLatents(5, seed: 1);
        var labels = ones(5, ScalarType.Int64);

        ServedToy.DigestOf(sampler.Generate(latents, labels)).Should().Be(ServedToy.DigestOf(_gan.Generate(latents, labels)));
    }

    [Fact]
    public void Psi_ManyAtOnce_EachGetsItsOwnBits()
    {
        string Of(int i)
        {
            using var labels = full([5], i % 3, dtype: ScalarType.Int64);
            return ServedToy.DigestOf(_sampler.Sample(5, labels, seed: i / 4, psi: i % 4 * 0.5));
        }

        var expected = Enumerable.Range(0, 60).Select(Of).ToList();
        var given = new string[60];

        Parallel.For(0, 60, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => given[i] = Of(i));

        given.Should().Equal(expected);
        expected.Distinct().Should().HaveCountGreaterThan(45);
    }

    private Tensor MeanStyle(long label, int latents)
    {
        using var noGrad = no_grad();
        using var random = new Generator(2);
        return _generator.Map(randn(latents, 4, generator: random), full([latents], label, dtype: ScalarType.Int64)).mean([0], keepdim: true);
    }
}
