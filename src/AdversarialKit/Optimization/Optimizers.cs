namespace AdversarialKit;

/// <summary>
/// Factories of the optimizers that GANs are trained with. They step through libtorch's fused kernels, several times
/// faster than their namesakes in <c>torch.optim</c> and equal to them within rounding; those, too, can be used.
/// </summary>
public static class Optimizers
{
    /// <summary>
    /// Adam as PyTorch computes it: <c>p -= lr / (1 - beta1^t) * m / (sqrt(v / (1 - beta2^t)) + eps)</c>
    /// (Kingma and Ba 2015, algorithm 1, <see href="https://arxiv.org/abs/1412.6980"/>).
    /// </summary>
    /// <param name="learningRate">Step size, at least 0. GANs often take 2e-4 with a <paramref name="beta1"/> of 0.5 (DCGAN).</param>
    /// <param name="beta1">Decay of the mean of the gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of their squares, in [0, 1).</param>
    /// <param name="epsilon">Added to the root after the bias correction, at least 0.</param>
    /// <param name="weightDecay">Weight of the L2 penalty that is added to the gradient, at least 0.</param>
    /// <returns>The factory. Parameters without a gradient are skipped, and their step count stays.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static OptimizerFactory Adam(
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0) =>
        Create(new AdamSettings(AdamForm.Torch, learningRate, beta1, beta2, epsilon, weightDecay));

    /// <summary>
    /// Adam with decoupled weight decay, as PyTorch computes it: <c>p *= 1 - lr * weightDecay</c> before each Adam step
    /// (Loshchilov and Hutter 2019, algorithm 2, <see href="https://arxiv.org/abs/1711.05101"/>).
    /// </summary>
    /// <param name="learningRate">Step size, at least 0.</param>
    /// <param name="beta1">Decay of the mean of the gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of their squares, in [0, 1).</param>
    /// <param name="epsilon">Added to the root after the bias correction, at least 0.</param>
    /// <param name="weightDecay">Share of the learning rate by which weights shrink, at least 0. 0.01 as in PyTorch; TorchSharp's own AdamW has 0.</param>
    /// <returns>The factory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static OptimizerFactory AdamW(
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        double weightDecay = 0.01) =>
        Create(new AdamSettings(AdamForm.Decoupled, learningRate, beta1, beta2, epsilon, weightDecay));

    /// <summary>
    /// Adam as Keras computes it, with epsilon outside the bias correction:
    /// <c>p -= lr * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + eps)</c>
    /// (Kingma and Ba 2015, end of section 2).
    /// </summary>
    /// <param name="learningRate">Step size, at least 0.</param>
    /// <param name="beta1">Decay of the mean of the gradients, in [0, 1).</param>
    /// <param name="beta2">Decay of the mean of their squares, in [0, 1).</param>
    /// <param name="epsilon">Added to the root of the uncorrected mean of squares, at least 0. 1e-7 as in Keras.</param>
    /// <param name="counter">
    /// The counter of <c>t</c>. One object given to the factories of both networks makes <c>t</c> rise with the steps of
    /// either, as one Keras optimizer compiled into two models does. <see langword="null"/>: the optimizer counts its own steps.
    /// </param>
    /// <returns>The factory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static OptimizerFactory KerasAdam(
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        StepCounter? counter = null) =>
        Create(new AdamSettings(AdamForm.Keras, learningRate, beta1, beta2, epsilon, 0) { SharedCounter = counter });

    /// <summary>
    /// Stochastic gradient descent: <c>b = momentum * b + g; p -= lr * b</c>, or <c>p -= lr * (g + momentum * b)</c> in
    /// Nesterov's form, as PyTorch computes them.
    /// </summary>
    /// <param name="learningRate">Step size, at least 0.</param>
    /// <param name="momentum">Share of the previous direction that is kept, in [0, 1).</param>
    /// <param name="weightDecay">Weight of the L2 penalty that is added to the gradient, at least 0.</param>
    /// <param name="nesterov">Whether to look ahead along the new direction; needs a <paramref name="momentum"/> above 0.</param>
    /// <returns>The factory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException"><paramref name="nesterov"/> without momentum.</exception>
    public static OptimizerFactory Sgd(
        double learningRate,
        double momentum = 0,
        double weightDecay = 0,
        bool nesterov = false)
    {
        var settings = new SgdSettings(learningRate, momentum, weightDecay, nesterov);
        settings.Validate();
        return parameters => new FusedSgd(parameters, settings);
    }

    private static OptimizerFactory Create(AdamSettings settings)
    {
        settings.Validate();
        return parameters => new FusedAdam(parameters, settings);
    }
}
