using AdversarialKit;

namespace MnistGan;

/// <summary>
/// The objective of R3GAN (Huang et al. 2024, https://arxiv.org/abs/2501.05441) with the numbers that came out best in the
/// trials of docs/results.md.
/// </summary>
internal static class ModernPreset
{
    /// <summary>With two threads and in bfloat16 they take about as long as the reference's 30,000.</summary>
    public const int Iterations = 14_000;

    public const int BatchSize = 32;

    private const double Gamma = 0.3;
    private const int PenaltyInterval = 8;
    private const double LearningRate = 2e-3;
    private const double HalfLife = 10_000;
    private const double FinalRate = 0.05;

    /// <summary>The calls on the builder for a run of so many iterations: its length sets the pace of the learning rates.</summary>
    public static Action<GanBuilder> For(int iterations, ComputePrecision precision) => builder => builder
        .WithPreset(Preset.R3Gan(Gamma, PenaltyInterval, LearningRate, HalfLife))
        .WithFakes(FakeMode.Shared)
        .WithComputePrecision(precision)
        .WithLatent(Latent.Normal(ModernNetworks.LatentSize))
        .WithLearningRates(Schedule.Cosine(iterations, FinalRate), Schedule.Cosine(iterations, FinalRate));
}
