namespace AdversarialKit;

/// <summary>
/// How the weights of a generator are averaged over the iterations. The exponential moving average
/// <c>w_ema = w + beta * (w_ema - w)</c> smooths out the circling of the two networks and usually samples better than the
/// live weights (Yaz&#x131;c&#x131; et al. 2019, <see href="https://arxiv.org/abs/1806.04498"/>).
/// </summary>
public static class Ema
{
    /// <summary>One decay for all iterations, as in BigGAN and StudioGAN.</summary>
    /// <param name="decay">The <c>beta</c> of the formula, in [0, 1); 0.999 averages over about the last 1,000 iterations.</param>
    /// <returns>The options for the builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The decay is outside [0, 1).</exception>
    public static EmaOptions Decay(double decay = 0.999)
    {
        OptimizerRange.BelowOne(decay, "decay");
        return new EmaOptions { FixedDecay = decay };
    }

    /// <summary>
    /// A half-life in images, so that the average does not depend on the batch size, with a short one at the start, when
    /// the weights still change fast: <c>beta = 0.5^(batch / min(images, rampUp * seen))</c>, where <c>seen</c> counts the
    /// images that the generator was trained on before (Karras et al. 2020,
    /// <see href="https://arxiv.org/abs/2006.06676"/>; the formula is that of StyleGAN3's training loop).
    /// </summary>
    /// <param name="images">After how many images a weight counts half, above 0.</param>
    /// <param name="rampUp">The half-life's share of the images seen so far, above 0; <see langword="null"/>: no ramp-up.</param>
    /// <returns>The options for the builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is not above 0.</exception>
    public static EmaOptions HalfLife(double images = 10_000, double? rampUp = 0.05)
    {
        OptimizerRange.AboveZero(images, "half-life");
        if (rampUp is { } share)
        {
            OptimizerRange.AboveZero(share, "ramp-up", nameof(rampUp));
        }

        return new EmaOptions { HalfLife = images, RampUp = rampUp };
    }
}
