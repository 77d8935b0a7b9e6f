namespace AdversarialKit;

/// <summary>The adversarial losses that the field uses.</summary>
/// <remarks>
/// In the formulas <c>r</c> stands for the discriminator's logits of real samples, <c>f</c> for those of fakes,
/// <c>sp(x) = log(1 + e^x)</c> for softplus, and means are over all elements, patches included. Every loss stays finite for
/// logits of plus or minus 10,000. A discriminator's loss is the <em>sum</em> of its parts, not their half.
/// </remarks>
public static partial class AdversarialLoss
{
    /// <summary>The non-saturating loss of the original GAN, on logits.</summary>
    /// <remarks>
    /// <para>D: <c>mean(t sp(-r) + (1 - t) sp(r)) + mean(sp(f))</c>; G: <c>mean(sp(-f))</c>, where t is
    /// <paramref name="realTarget"/>.</para>
    /// <para>Source: Goodfellow et al. 2014, "Generative Adversarial Nets", equation 1 and the text below it
    /// (https://arxiv.org/abs/1406.2661); one-sided label smoothing: Salimans et al. 2016, "Improved Techniques for
    /// Training GANs", section 3.4 (https://arxiv.org/abs/1606.03498).</para>
    /// <para>When to use: first. It is the loss of DCGAN and StyleGAN, and gives the generator a strong gradient while the
    /// discriminator still rejects its samples.</para>
    /// <para>The convention of smoothing: the target is passed as it is. Where others take an amount s, 0.9 here is
    /// <c>s = 0.1</c> in torchgan (target 1 - s) and <c>s = 0.2</c> in TF-GAN (target 1 - s / 2).</para>
    /// </remarks>
    /// <param name="realTarget">The probability that the discriminator is to give to real samples, above 0, at most 1.
    /// <value>Default: 1, no smoothing.</value></param>
    /// <returns>The loss; takes logits of any shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="realTarget"/> is not above 0 and at most 1.</exception>
    public static IAdversarialLoss NonSaturating(double realTarget = 1) => new NonSaturatingLoss(realTarget);

    /// <summary>The saturating minimax loss of the original GAN, on logits.</summary>
    /// <remarks>
    /// <para>D: <c>mean(sp(-r)) + mean(sp(f))</c>; G: <c>mean(log(1 - sigmoid(f))) = -mean(sp(f))</c>, which is negative.</para>
    /// <para>Source: Goodfellow et al. 2014, "Generative Adversarial Nets", equation 1 (https://arxiv.org/abs/1406.2661).</para>
    /// <para>When to use: to study it. Its gradient vanishes exactly where the generator is bad, so training prefers
    /// <see cref="NonSaturating"/>.</para>
    /// </remarks>
    /// <returns>The loss; takes logits of any shape.</returns>
    public static IAdversarialLoss Minimax() => new MinimaxLoss();

    /// <summary>Binary cross-entropy on probabilities, clipped as Keras clips them.</summary>
    /// <remarks>
    /// <para>With <c>c(p) = clip(p, 1e-7, 1 - 1e-7)</c>, D: <c>mean(-log c(p_real)) + mean(-log(1 - c(p_fake)))</c>;
    /// G: <c>mean(-log c(p_fake))</c>.</para>
    /// <para>Source: <see cref="NonSaturating"/>'s, as <c>binary_crossentropy</c> of Keras computes it with its default
    /// epsilon.</para>
    /// <para>When to use: to reproduce a model that ends in a sigmoid. The gradient is 0 outside the clip interval: a
    /// generator whose samples are rejected with certainty gets none, and its loss stays at 16.118 (15.942 for fakes that
    /// are accepted with certainty, because 1 - 1e-7 rounds to 1 - 1.19e-7 in float32). New models do better with logits.</para>
    /// </remarks>
    /// <returns>The loss; takes probabilities of any shape, 0 to 1, with a decision threshold of 0.5.</returns>
    public static IAdversarialLoss BinaryCrossEntropyOnProbabilities() => new BinaryCrossEntropyLoss();

    /// <summary>Least squares (LSGAN).</summary>
    /// <remarks>
    /// <para>D: <c>mean((r - b)^2) / 2 + mean((f - a)^2) / 2</c>; G: <c>mean((f - c)^2) / 2</c>.</para>
    /// <para>Source: Mao et al. 2017, "Least Squares Generative Adversarial Networks", equation 2, with the targets of
    /// equation 9 as defaults; <c>a = -1, b = 1, c = 0</c> are those of equation 8 (https://arxiv.org/abs/1611.04076).</para>
    /// <para>When to use: image translation with patch discriminators (CycleGAN), or where the logistic loss saturates.</para>
    /// </remarks>
    /// <param name="a">The discriminator's target for fakes. <value>Default: 0.</value></param>
    /// <param name="b">The discriminator's target for real samples, above <paramref name="a"/>. <value>Default: 1.</value></param>
    /// <param name="c">The target that the generator wants for its samples. <value>Default: 1.</value></param>
    /// <returns>The loss; takes outputs of any shape, with a decision threshold midway between a and b.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A target is not finite, or a is not below b.</exception>
    public static IAdversarialLoss LeastSquares(double a = 0, double b = 1, double c = 1) => new LeastSquaresLoss(a, b, c);

    /// <summary>The Wasserstein loss.</summary>
    /// <remarks>
    /// <para>D: <c>-mean(r) + mean(f)</c>; G: <c>-mean(f)</c>.</para>
    /// <para>Source: Arjovsky et al. 2017, "Wasserstein GAN", equation 2 and algorithm 1 (https://arxiv.org/abs/1701.07875).</para>
    /// <para>When to use: with <see cref="Penalty.WganGp"/>, or with clipped weights or spectral normalization, and several
    /// discriminator updates per generator update. Without a bound on its slope the critic's loss has no minimum. A
    /// critic's output has no zero point, so the accuracies of <see cref="StepResult"/> mean little here.</para>
    /// </remarks>
    /// <returns>The loss; takes outputs of any shape.</returns>
    public static IAdversarialLoss Wasserstein() => new WassersteinLoss();

    /// <summary>The hinge loss.</summary>
    /// <remarks>
    /// <para>D: <c>mean(max(0, 1 - r)) + mean(max(0, 1 + f))</c>; G: <c>-mean(f)</c>.</para>
    /// <para>Source: Lim and Ye 2017, "Geometric GAN" (https://arxiv.org/abs/1705.02894); Miyato et al.
    /// 2018, "Spectral Normalization for Generative Adversarial Networks", equations 16 and 17
    /// (https://arxiv.org/abs/1802.05957).</para>
    /// <para>When to use: with spectral normalization (SNGAN, SAGAN, BigGAN).</para>
    /// </remarks>
    /// <returns>The loss; takes logits of any shape.</returns>
    public static IAdversarialLoss Hinge() => new HingeLoss();

    /// <summary>The relativistic paired loss (RpGAN).</summary>
    /// <remarks>
    /// <para>D: <c>mean(sp(-(r_i - f_i)))</c>; G: <c>mean(sp(-(f_i - r_i)))</c>: real sample i is compared with fake i.</para>
    /// <para>Source: Jolicoeur-Martineau 2018, "The relativistic discriminator", section 4
    /// (https://arxiv.org/abs/1807.00734); Huang et al. 2024, "The GAN is dead; long live the GAN!", equation 2
    /// (https://arxiv.org/abs/2501.05441).</para>
    /// <para>When to use: with <see cref="Penalty.R1"/> and <see cref="Penalty.R2"/> together, which is R3GAN. It does not
    /// settle into covering only some modes; without the penalties it need not converge.</para>
    /// </remarks>
    /// <returns>The loss; takes real and fake logits of one shape, else throws <see cref="ArgumentException"/>.</returns>
    public static IRelativisticLoss RelativisticPaired() => new RelativisticPairedLoss();

    /// <summary>The relativistic average loss (RaGAN), with the logistic function.</summary>
    /// <remarks>
    /// <para>D: <c>mean(sp(-(r - mean(f)))) + mean(sp(f - mean(r)))</c>;
    /// G: <c>mean(sp(-(f - mean(r)))) + mean(sp(r - mean(f)))</c>. Not halved; gradients flow through the means.</para>
    /// <para>Source: Jolicoeur-Martineau 2018, "The relativistic discriminator", section 4
    /// (https://arxiv.org/abs/1807.00734).</para>
    /// <para>When to use: super-resolution (ESRGAN) and other work that was tuned with it. For a new unconditional model
    /// take <see cref="RelativisticPaired"/>.</para>
    /// </remarks>
    /// <returns>The loss; takes real and fake logits of one shape, else throws <see cref="ArgumentException"/>.</returns>
    public static IRelativisticLoss RelativisticAverage() => new RelativisticAverageLoss();

    /// <summary>The boundary-seeking loss (BGAN), in its form for continuous samples, on logits.</summary>
    /// <remarks>
    /// <para>D: <c>mean(sp(-r)) + mean(sp(f))</c>; G: <c>mean(f^2) / 2</c>, which is
    /// <c>mean((log p - log(1 - p))^2) / 2</c> for <c>p = sigmoid(f)</c>.</para>
    /// <para>Source: Hjelm et al. 2018, "Boundary-Seeking Generative Adversarial Networks", the objective for continuous variables
    /// (https://arxiv.org/abs/1702.08431).</para>
    /// <para>When to use: where a generator that fools the discriminator with certainty spoils the training: here it is pulled back to
    /// the point where the discriminator is in doubt.</para>
    /// </remarks>
    /// <returns>The loss; takes logits of any shape.</returns>
    public static IAdversarialLoss BoundarySeeking() => new BoundarySeekingLoss();

    /// <summary>The softmax loss: one cross-entropy over all samples of a batch, real and fake.</summary>
    /// <remarks>
    /// <para>With <c>Z = sum(e^r) + sum(e^f)</c>, D: <c>-mean(r) + log Z</c>; G: <c>-mean(r and f) + log Z</c>. The discriminator wants all
    /// of the probability spread evenly over the real samples, the generator evenly over all.</para>
    /// <para>Source: Lin 2017, "Softmax GAN" (https://arxiv.org/abs/1704.06191), with logits for the paper's negated energies.</para>
    /// <para>When to use: to study it. Its losses start at <c>log(2 N)</c> and depend on the batch size N.</para>
    /// </remarks>
    /// <returns>The loss; takes logits of any shapes.</returns>
    public static IRelativisticLoss Softmax() => new SoftmaxLoss();

    /// <summary>The multi-class hinge loss (MHGAN): Crammer and Singer's, with the fakes as one class more.</summary>
    /// <remarks>
    /// <para>With <c>h(c, y) = mean(max(0, 1 + max over j != y of c_j - c_y))</c> on K + 1 outputs, D: <c>h(c(real), y) + h(c(fake), K)</c>;
    /// G: <c>h(c(fake), y)</c>, where y are the labels, 0 to K - 1.</para>
    /// <para>Source: Kavalerov et al. 2021, "A Multi-Class Hinge Loss for Conditional GANs" (https://arxiv.org/abs/1912.04216); Crammer and
    /// Singer 2001, "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines".</para>
    /// <para>When to use: for class-conditional GANs with labels that a classifier can learn, with spectral normalization.</para>
    /// </remarks>
    /// <returns>The loss; takes outputs <c>[N, K + 1]</c> and labels <c>[N]</c> of type Int64, else throws <see cref="ArgumentException"/>. Its check
    /// of the labels' range waits for the device.</returns>
    public static IClassLoss MultiClassHinge() => new MultiClassHingeLoss();
}
