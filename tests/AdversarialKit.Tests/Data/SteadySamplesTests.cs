using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Data;

/// <summary>One seed gives the same bits wherever the batch's numbers lie: a managed array lies elsewhere in every process.</summary>
public sealed class SteadySamplesTests
{
    private const int Batch = 16;
    private const int Width = 6;

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void TrainStep_BatchAtAnyAddress_GivesTheSameBits(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var samples = randn(Batch, Width, dtype: type, generator: new Generator(3));
        var expected = Train(samples);

        var step = (int)samples.element_size();
        for (var offset = step; offset < 64; offset += step)
        {
            Train(Askew(samples, offset / step)).Should().Be(expected, $"at {offset} bytes behind a multiple of 64");
        }
    }

    [Fact]
    public void TrainStep_BatchOverManagedArrays_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        var samples = randn(Batch, Width, dtype: ScalarType.Float64, generator: new Generator(3));
        var numbers = samples.data<double>().ToArray();
        var expected = Train(samples);
        var addresses = new HashSet<long>();
        for (var i = 0; i < 40; i++)
        {
            var padding = new byte[8 * (i % 8)];
            var batch = tensor(numbers.ToArray(), [Batch, Width]);
            addresses.Add(TensorBytes.Address(batch) % 64);

            Train(batch).Should().Be(expected);
            GC.KeepAlive(padding);
        }

        addresses.Should().HaveCountGreaterThan(1, "else this would test nothing");
    }

    [Fact]
    public void Of_SamplesThatLieWell_AreNotCopied()
    {
        using var scope = NewDisposeScope();
        var samples = randn(Batch, Width);

        SteadySamples.Of(samples).Should().BeSameAs(samples);
        ((long)TensorBytes.Address(SteadySamples.Of(Askew(samples, 1))) % 64).Should().Be(0);
    }

    private static Tensor Askew(Tensor samples, int elements)
    {
        var room = zeros(samples.numel() + elements, dtype: samples.dtype);
        var askew = room.narrow(0, elements, samples.numel()).view(samples.shape);
        askew.copy_(samples);
        return askew;
    }

    // The real batch goes into a product by itself in a separate update, and plain descent lets the last bits through.
    private static string Train(Tensor samples)
    {
        manual_seed(1);
        using var generator = nn.Sequential(("a", nn.Linear(4, 8)), ("relu", nn.LeakyReLU(0.2)), ("b", nn.Linear(8, Width)));
        using var discriminator = nn.Sequential(("a", nn.Linear(Width, 8)), ("relu", nn.LeakyReLU(0.2)), ("b", nn.Linear(8, 1)));
        generator.to(samples.dtype);
        discriminator.to(samples.dtype);
        using var gan = Toy.Builder(generator, discriminator)
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)
            .WithOptimizers(Optimizers.Sgd(0.3))
            .Build();
        for (var i = 0; i < 60; i++)
        {
            gan.TrainStep(samples);
        }

        return $"{Snapshot.Of((nn.Module)generator)}\n{Snapshot.Of((nn.Module)discriminator)}";
    }
}
