using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Threads;

/// <summary>A GAN that others use while it trains, of a kind by name.</summary>
internal sealed class BesideGan : IDisposable
{
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly Tensor _real = Toy.Real(64);

    /// <param name="kind">
    /// <c>average</c>: with an averaged generator; <c>live</c>: without; <c>noise</c>: a generator that draws from torch's shared generator;
    /// <c>plain</c>: nothing that a forward pass in training mode draws or moves, since what one does with the combined model by hand is one.
    /// </param>
    public BesideGan(string kind)
    {
        manual_seed(3);
        _discriminator = nn.Sequential(
            nn.Linear(6, 32), nn.BatchNorm1d(32), nn.LeakyReLU(0.2), nn.Dropout(kind == "plain" ? 0 : 0.2), nn.Linear(32, 1));
        _generator = kind == "plain"
            ? nn.Sequential(nn.Linear(4, 32), nn.LeakyReLU(0.2), nn.Linear(32, 6))
            : nn.Sequential(nn.Linear(4, 32), nn.BatchNorm1d(32), nn.LeakyReLU(0.2), nn.Dropout(0.2), Last(kind));
        var builder = Toy.Builder(_generator, _discriminator).WithOptimizers(Optimizers.Adam(1e-3));
        Gan = (kind == "average" ? builder.WithGeneratorAverage(Ema.Decay(0.9)) : builder).Build();
        Batches = AdversarialKit.Batches.FromTensor(_real, 16, new TensorBatchOptions { Seed = 5 });
    }

    public Gan Gan { get; }

    public TensorBatches Batches { get; }

    /// <summary>Every bit that iterations move, and torch's own generator.</summary>
    public string Digest()
    {
        using var drawn = rand(3);
        return string.Join(
            '\n',
            Snapshot.Of(_generator).Parameters,
            Snapshot.Of(_generator).Buffers,
            Snapshot.Of(_generator).Modes,
            Snapshot.Of(_discriminator).Parameters,
            Snapshot.Of(_discriminator).Buffers,
            Snapshot.Digest([("torch", drawn)]));
    }

    public void Dispose()
    {
        Gan.Dispose();
        Batches.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
    }

    private static nn.Module<Tensor, Tensor> Last(string kind) =>
        kind == "noise" ? new FunctionModule(32, 6, (linear, x) => linear.call(x) + randn(x.shape[0], 6)) : nn.Linear(32, 6);
}
