using TorchSharp;
using static TorchSharp.torch;

namespace DigitService;

/// <summary>The networks and the GAN that trains them; owns all three.</summary>
internal sealed class DigitGan : IDisposable
{
    // As in docs/results.md, for a shorter run; and at one rate, so that a longer run goes on from a shorter one's checkpoint.
    private const double Gamma = 0.3;
    private const int PenaltyInterval = 8;
    private const double LearningRate = 1e-3;
    private const double HalfLife = 10_000;
    private const double EmbeddingDeviation = 0.1;

    private readonly DigitGenerator _generator = new();
    private readonly DigitDiscriminator _discriminator = new();

    public DigitGan(DigitOptions options, ILoggerFactory loggerFactory)
    {
        using (var random = new torch.Generator(unchecked((ulong)options.Seed)))
        {
            Initialize.GlorotUniform(_generator, random);
            Initialize.GlorotUniform(_discriminator, random);
            using var noGrad = no_grad();
            _discriminator.get_parameter("_head.embedding.weight")!.normal_(0, EmbeddingDeviation, random);
        }

        Gan = new GanBuilder()
            .WithGenerator(_generator)
            .WithDiscriminator(_discriminator)
            .WithClassLabels(DigitGenerator.Classes)
            .WithPreset(Preset.R3Gan(Gamma, PenaltyInterval, LearningRate, HalfLife))
            .WithFakes(FakeMode.Shared)
            .WithLatent(DigitGenerator.Latent)
            .WithSeed(options.Seed)
            .WithLogger(loggerFactory)
            .Build();
    }

    public Gan Gan { get; }

    public void Dispose()
    {
        Gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }
}
