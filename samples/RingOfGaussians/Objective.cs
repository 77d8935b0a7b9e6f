using AdversarialKit;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RingOfGaussians;

/// <summary>An objective to compare, with the discriminator that its paper wants.</summary>
internal sealed record Objective(string Name, Func<Sequential> Discriminator, Action<GanBuilder> Configure)
{
    private const long Width = 128;

    public static IReadOnlyList<Objective> All { get; } =
    [
        new("non-saturating", PlainDiscriminator, builder => builder
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(1e-3, beta1: 0.5))),
        new("hinge, spectral norm", SpectralDiscriminator, builder => builder
            .WithPreset(Preset.Sngan(discriminatorSteps: 2, learningRate: 2e-3))),
        new("WGAN-GP", PlainDiscriminator, builder => builder
            .WithPreset(Preset.WganGp(penaltyWeight: 0.1, criticSteps: 2, learningRate: 2e-3))),
        new("RpGAN + R1 + R2", PlainDiscriminator, builder => builder
            .WithPreset(Preset.R3Gan(gamma: 0.05, learningRate: 2e-3))),
    ];

    public static Sequential Generator() => nn.Sequential(
        nn.Linear(16, Width), nn.ReLU(), nn.Linear(Width, Width), nn.ReLU(), nn.Linear(Width, 2));

    private static Sequential PlainDiscriminator() => nn.Sequential(
        nn.Linear(2, Width), nn.LeakyReLU(0.2), nn.Linear(Width, Width), nn.LeakyReLU(0.2), nn.Linear(Width, 1));

    private static Sequential SpectralDiscriminator() => nn.Sequential(
        SpectralNorm.Linear(2, Width), nn.LeakyReLU(0.2),
        SpectralNorm.Linear(Width, Width), nn.LeakyReLU(0.2),
        SpectralNorm.Linear(Width, 1));
}
