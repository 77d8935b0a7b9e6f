using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>A small GAN on one of several ranks, with data that are parted among them.</summary>
internal sealed class SmallRun : IDisposable
{
    public const int Width = 6;

    private readonly Sequential _generator = nn.Sequential(nn.Linear(4, 8), nn.LeakyReLU(0.2), nn.Linear(8, Width));
    private readonly Sequential _discriminator = nn.Sequential(nn.Linear(Width, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1));
    private readonly Tensor _samples;

    public SmallRun(ICollective collective, Func<GanBuilder, GanBuilder>? configure = null)
    {
        using var random = new Generator(2);
        using (no_grad())
        {
            foreach (var parameter in _generator.parameters().Concat(_discriminator.parameters()))
            {
                parameter.normal_(0, 0.4, random);
            }
        }

        _samples = randn(40, Width, generator: random);
        Gan = (configure ?? (b => b))(new GanBuilder()
            .WithGenerator(_generator)
            .WithDiscriminator(_discriminator)
            .WithLatent(Latent.Normal(4))
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(1e-3))
            .WithSeed(3)
            .WithLogger(Log)
            .WithCollective(collective)).Build();
        Batches = AdversarialKit.Batches.FromTensor(_samples, 4, new TensorBatchOptions { Collective = collective });
    }

    public CollectingLogger Log { get; } = new(LogLevel.Information);

    public Gan Gan { get; }

    public TensorBatches Batches { get; }

    public void Dispose()
    {
        Gan.Dispose();
        Batches.Dispose();
        _samples.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        Log.Dispose();
    }
}
