using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Generator and discriminator of a fit, and the GAN of them.</summary>
internal sealed class RowNetworks : IDisposable
{
    private const double Slope = 0.2;

    private readonly RowGenerator _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator;
    private readonly int _codes;

    public RowNetworks(RowLayout layout, SynthesizerSettings settings)
    {
        _codes = layout.CodeCount;
        _generator = new RowGenerator(layout, settings.Latent, settings.GeneratorWidths, settings.Temperature);
        var layers = new List<nn.Module<Tensor, Tensor>>();
        long width = (long)(layout.Width + layout.CodeCount) * settings.Packing;
        foreach (var hidden in settings.DiscriminatorWidths)
        {
            layers.Add(nn.Linear(width, hidden));
            layers.Add(nn.LeakyReLU(Slope));
            if (settings.Dropout > 0)
            {
                layers.Add(nn.Dropout(settings.Dropout));
            }

            width = hidden;
        }

        layers.Add(nn.Linear(width, 1));
        _discriminator = nn.Sequential(layers);
        Initialize(settings.Seed);
        BatchSize = Math.Max(1, settings.BatchSize / settings.Packing) * settings.Packing;
    }

    /// <summary>The batch size that was asked for, as a multiple of the rows judged at once.</summary>
    public int BatchSize { get; }

    public Gan Build(SynthesizerSettings settings)
    {
        var builder = new GanBuilder()
            .WithGenerator(_generator)
            .WithDiscriminator(_discriminator)
            .WithLatent(new RowLatent(settings.Latent, _codes))
            .WithCondition(_codes)
            .WithPacking(settings.Packing)
            .WithLoss(settings.Loss)
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
            .WithDiscriminatorSteps(settings.DiscriminatorSteps)
            .WithOptimizers(settings.DiscriminatorOptimizer, settings.GeneratorOptimizer)
            .WithSeed(settings.Seed);
        if (settings.Penalty is { } penalty)
        {
            builder.WithPenalty(penalty, settings.PenaltyWeight);
        }

        if (settings.Average is { } average)
        {
            builder.WithGeneratorAverage(average);
        }

        if (settings.Logger is { } logger)
        {
            builder.WithLogger(logger);
        }

        return builder.Build();
    }

    // As torch initializes linear layers, uniform within 1 / sqrt(inputs), but from the seed.
    private void Initialize(long seed)
    {
        using var random = new Generator((ulong)seed);
        using var noGraph = no_grad();
        foreach (var layer in _generator.modules().Concat(_discriminator.modules()).OfType<Linear>())
        {
            var bound = 1 / Math.Sqrt(layer.weight.shape[1]);
            layer.weight.uniform_(-bound, bound, random);
            layer.bias!.uniform_(-bound, bound, random);
        }
    }

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }
}
