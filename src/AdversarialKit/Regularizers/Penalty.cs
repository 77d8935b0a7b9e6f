namespace AdversarialKit;

/// <summary>Penalties on the discriminator: terms that its loss gains, with a weight that the builder holds.</summary>
/// <remarks>
/// Values here are unweighted. A penalty with an interval k is computed in every k-th discriminator step and its weight
/// multiplied by k there (lazy regularization: Karras et al. 2020, "Analyzing and Improving the Image Quality of
/// StyleGAN", section 3.1, https://arxiv.org/abs/1912.04958), so that its strength on average stays the same.
/// <c>grad_i</c> stands for the gradient of sample i's output with respect to sample i, and <c>|.|</c> for the L2 norm over
/// all its elements. The norm is per sample, never over the batch, with nothing added under the root; where it is 0 its
/// own gradient is taken to be 0.
/// </remarks>
public static class Penalty
{
    /// <summary>The gradient penalty of WGAN-GP, between real samples and fakes.</summary>
    /// <remarks>
    /// <para><c>mean((|grad_i| - target)^2)</c> at <c>u_i real_i + (1 - u_i) fake_i</c>, u_i uniform on [0, 1), one per
    /// sample; one-sided <c>mean(max(0, |grad_i| - target)^2)</c>.</para>
    /// <para>Source: Gulrajani et al. 2017, "Improved Training of Wasserstein GANs", equation 3, where the weight is 10
    /// (https://arxiv.org/abs/1704.00028); one-sided: Petzka et al. 2018, "On the regularization of Wasserstein GANs",
    /// where it is called WGAN-LP (https://arxiv.org/abs/1709.08894).</para>
    /// <para>When to use: with <see cref="AdversarialLoss.Wasserstein"/>, on a discriminator without batch normalization.</para>
    /// <para>The convention of the target: TF-GAN and ProGAN divide by it, <c>(|grad_i| / target - 1)^2</c>, which is this
    /// with a weight divided by the squared target.</para>
    /// </remarks>
    /// <param name="target">The norm asked for, 0 or above. <value>Default: 1.</value></param>
    /// <param name="oneSided">Whether only norms above the target are penalized. <value>Default: false.</value></param>
    /// <returns>The penalty; throws <see cref="ArgumentException"/> where real and fake batches differ in shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="target"/> is negative or not finite.</exception>
    public static IDiscriminatorPenalty WganGp(double target = 1, bool oneSided = false) =>
        new GradientNormPenalty("WGAN-GP", PenaltyPoints.BetweenRealAndFake, target, oneSided);

    /// <summary>The gradient penalty of DRAGAN, around real samples.</summary>
    /// <remarks>
    /// <para><c>mean((|grad_i| - target)^2)</c> at <c>real_i + a_i noise s u_i</c>, where a_i is uniform on [0, 1), one per
    /// sample, u_i uniform on [0, 1), one per element, and s the standard deviation of all numbers of the real batch.</para>
    /// <para>Source: Kodali et al. 2017, "On Convergence and Stability of GANs", algorithm 1, with the noise of its authors'
    /// implementation; there the weight is 10 (https://arxiv.org/abs/1705.07215).</para>
    /// <para>When to use: with <see cref="AdversarialLoss.NonSaturating"/>, where <see cref="R1"/> is too strict. It needs no
    /// fakes, and so no pairing of batches.</para>
    /// </remarks>
    /// <param name="noise">The noise in standard deviations of the real batch, above 0. <value>Default: 0.5.</value></param>
    /// <param name="target">The norm asked for, 0 or above. <value>Default: 1.</value></param>
    /// <param name="oneSided">Whether only norms above the target are penalized. <value>Default: false.</value></param>
    /// <returns>The penalty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="noise"/> is not above 0 or <paramref name="target"/> is negative, or one is not finite.
    /// </exception>
    public static IDiscriminatorPenalty Dragan(double noise = 0.5, double target = 1, bool oneSided = false) =>
        new DraganPenalty(noise, target, oneSided);

    /// <summary>A penalty on the gradient's norm at points of your own choice.</summary>
    /// <remarks>
    /// <para><c>mean((|grad_i| - target)^2)</c>, one-sided <c>mean(max(0, |grad_i| - target)^2)</c>; <see cref="WganGp"/> and
    /// <see cref="Dragan"/> are this with their points.</para>
    /// <para>When to use: for published variants that differ in where they look.</para>
    /// </remarks>
    /// <param name="points">
    /// Makes the points <c>[N, ...]</c>, of the discriminator's input shape; random numbers come from the context. Rows keep
    /// their order: a conditional discriminator gives row i the condition of row i. Its tensors are disposed by the step.
    /// </param>
    /// <param name="target">The norm asked for, 0 or above. <value>Default: 1.</value></param>
    /// <param name="oneSided">Whether only norms above the target are penalized. <value>Default: false.</value></param>
    /// <returns>The penalty.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="points"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="target"/> is negative or not finite.</exception>
    public static IDiscriminatorPenalty GradientNorm(
        Func<PenaltyContext, Tensor> points, double target = 1, bool oneSided = false) =>
        new GradientNormPenalty("gradient norm", points, target, oneSided);

    /// <summary>R1, the zero-centered gradient penalty at real samples.</summary>
    /// <remarks>
    /// <para><c>mean(|grad_i|^2) / 2</c> at real samples. The half is inside, so the builder's weight is the gamma of the
    /// papers.</para>
    /// <para>Source: Mescheder et al. 2018, "Which Training Methods for GANs do actually Converge?", equation 9, where gamma
    /// is 10 (https://arxiv.org/abs/1801.04406).</para>
    /// <para>When to use: with <see cref="AdversarialLoss.NonSaturating"/>, as StyleGAN does, often with an interval of 16;
    /// with <see cref="R2"/> and <see cref="AdversarialLoss.RelativisticPaired"/> it is R3GAN. Costs no forward pass.</para>
    /// </remarks>
    /// <returns>The penalty.</returns>
    public static IDiscriminatorPenalty R1() => new ZeroCenteredPenalty(InputGradients.Real);

    /// <summary>R2, the zero-centered gradient penalty at fakes.</summary>
    /// <remarks>
    /// <para><c>mean(|grad_i|^2) / 2</c> at fakes. The half is inside, so the builder's weight is the gamma of the papers.</para>
    /// <para>Source: Mescheder et al. 2018, "Which Training Methods for GANs do actually Converge?", equation 10
    /// (https://arxiv.org/abs/1801.04406).</para>
    /// <para>When to use: beside <see cref="R1"/> with the same weight and interval; both then share one backward pass.</para>
    /// </remarks>
    /// <returns>The penalty.</returns>
    public static IDiscriminatorPenalty R2() => new ZeroCenteredPenalty(InputGradients.Fake);

    /// <summary>LeCam, which holds logits to the moving averages of the other side's.</summary>
    /// <remarks>
    /// <para><c>mean(max(0, r - a_fake)^2) + mean(max(0, a_real - f)^2)</c>, where a_real and a_fake are exponential moving
    /// averages of the mean logits, this batch's included, freed of their bias towards 0 and taken as constants.</para>
    /// <para>Source: Tseng et al. 2021, "Regularizing Generative Adversarial Networks under Limited Data", the term
    /// R_LC of equation 3 (https://arxiv.org/abs/2104.03310). The paper squares the differences as they are; its authors'
    /// implementation cuts them off at 0, and so does this one: a real logit is pulled down while it is above the fakes'
    /// average, a fake one up while it is below the real samples'.</para>
    /// <para>When to use: on a few thousand samples or fewer, where the discriminator learns them by heart; weights of 0.01
    /// to 0.3. It needs logits whose size is meaningful, not those of <see cref="AdversarialLoss.Wasserstein"/>.</para>
    /// <para>It carries state, so each GAN needs its own.</para>
    /// </remarks>
    /// <param name="decay">The share of an average that remains at each update, at least 0, below 1.
    /// <value>Default: 0.99.</value></param>
    /// <returns>The penalty, which is an <see cref="IStateful"/> too.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="decay"/> is not at least 0 and below 1.</exception>
    public static IDiscriminatorPenalty LeCam(double decay = 0.99) => new LeCamPenalty(decay);
}
