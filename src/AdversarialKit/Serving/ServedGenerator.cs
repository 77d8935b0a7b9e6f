namespace AdversarialKit;

/// <summary>One state of the generator, which requests hold on to until they are answered.</summary>
internal sealed class ServedGenerator(SampledNetwork network, SamplerPlan plan, WeightsOrigin origin) : IDisposable
{
    private readonly MeanStyles? _means = network.Styles is { } styles ? new MeanStyles(styles, plan.Classes is not null) : null;

    public SampledNetwork Network => network;

    public WeightsOrigin Origin => origin;

    /// <summary>Makes samples. Psi must be 1 where the generator has no styles.</summary>
    public Tensor Make(Tensor latents, Tensor? condition, double psi)
    {
        if (psi == 1)
        {
            return network.Forward(latents, condition);
        }

        var styles = network.Styles!.Map(latents, condition);
        var mean = _means!.For(condition, count => SamplerInputs.Draw(plan.Latent, count, null, network));

        // Karras et al. 2019, "A style-based generator architecture for generative adversarial networks", appendix B: w' = mean + psi (w - mean).
        using var share = psi.ToScalar();
        return network.Styles.Synthesize(mean + ((styles - mean) * share), condition);
    }

    public void Dispose() => _means?.Dispose();
}
