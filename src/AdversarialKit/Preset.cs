namespace AdversarialKit;

/// <summary>
/// Losses, penalties, schedules and optimizers as papers state them, for <see cref="GanBuilder.WithPreset"/>. The networks,
/// their initial weights and the latent remain the caller's. What is called after the preset overrides it.
/// </summary>
public static class Preset
{
    /// <summary>
    /// DCGAN: non-saturating loss, Adam with beta1 0.5 (Radford et al. 2016, section 4,
    /// <see href="https://arxiv.org/abs/1511.06434"/>; initialise with <see cref="Initialize.Normal"/>).
    /// </summary>
    /// <param name="learningRate">Of both networks. The paper's: 2e-4.</param>
    /// <returns>The calls on the builder.</returns>
    public static Action<GanBuilder> Dcgan(double learningRate = 2e-4) => builder => builder
        .WithLoss(AdversarialLoss.NonSaturating())
        .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
        .WithFakes(FakeMode.Training)
        .WithDiscriminatorSteps(1)
        .WithOptimizers(Optimizers.Adam(learningRate, beta1: 0.5, beta2: 0.999));

    /// <summary>
    /// WGAN-GP: Wasserstein loss, gradient penalty, five critic steps, Adam with beta1 0 and beta2 0.9 (Gulrajani et al. 2017,
    /// algorithm 1, <see href="https://arxiv.org/abs/1704.00028"/>). The critic must not normalise over the batch.
    /// </summary>
    /// <param name="penaltyWeight">The paper's lambda: 10.</param>
    /// <param name="criticSteps">The paper's n_critic: 5.</param>
    /// <param name="learningRate">Of both networks. The paper's: 1e-4.</param>
    /// <returns>The calls on the builder.</returns>
    public static Action<GanBuilder> WganGp(double penaltyWeight = 10, int criticSteps = 5, double learningRate = 1e-4) => builder => builder
        .WithLoss(AdversarialLoss.Wasserstein())
        .WithPenalty(Penalty.WganGp(), penaltyWeight)
        .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
        .WithDiscriminatorSteps(criticSteps)
        .WithOptimizers(Optimizers.Adam(learningRate, beta1: 0, beta2: 0.9));

    /// <summary>
    /// SNGAN: hinge loss, five discriminator steps, Adam with beta1 0 and beta2 0.9 (Miyato et al. 2018, section 4 and
    /// appendix B, <see href="https://arxiv.org/abs/1802.05957"/>). Build the discriminator of <see cref="SpectralNorm"/> layers.
    /// </summary>
    /// <param name="discriminatorSteps">The paper's n_dis: 5.</param>
    /// <param name="learningRate">Of both networks. The paper's: 2e-4.</param>
    /// <returns>The calls on the builder.</returns>
    public static Action<GanBuilder> Sngan(int discriminatorSteps = 5, double learningRate = 2e-4) => builder => builder
        .WithLoss(AdversarialLoss.Hinge())
        .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
        .WithDiscriminatorSteps(discriminatorSteps)
        .WithOptimizers(Optimizers.Adam(learningRate, beta1: 0, beta2: 0.9));

    /// <summary>
    /// R3GAN: the relativistic paired loss with R1 and R2, Adam with beta1 0, and an averaged generator (Huang et al. 2024,
    /// "The GAN is dead; long live the GAN!", section 3, <see href="https://arxiv.org/abs/2501.05441"/>). The paper's networks
    /// normalise nothing. Its warm-up of learning rate, beta2 and gamma depends on the length of a run and is left out.
    /// </summary>
    /// <param name="gamma">Weight of both penalties; depends on the data, from 0.05 for small images to above 100.</param>
    /// <param name="interval">Both penalties come every so many steps. The paper's: 1.</param>
    /// <param name="learningRate">Of both networks. Default: 2e-4.</param>
    /// <param name="halfLife">Half-life of the averaged generator in images. Default: 10,000.</param>
    /// <returns>The calls on the builder.</returns>
    public static Action<GanBuilder> R3Gan(double gamma, int interval = 1, double learningRate = 2e-4, double halfLife = 10_000) => builder => builder
        .WithLoss(AdversarialLoss.RelativisticPaired())
        .WithPenalty(Penalty.R1(), gamma, interval)
        .WithPenalty(Penalty.R2(), gamma, interval)
        .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
        .WithDiscriminatorSteps(1)
        .WithOptimizers(Optimizers.Adam(learningRate, beta1: 0, beta2: 0.99))
        .WithGeneratorAverage(Ema.HalfLife(halfLife));
}
