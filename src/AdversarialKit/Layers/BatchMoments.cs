namespace AdversarialKit;

/// <summary>Mean and variance of each channel over a batch, through which gradients flow, twice where they are asked for.</summary>
/// <remarks>One pass over the input backward, where a composition of torch's operations takes several, and its <c>var_mean</c> is slow across rows.</remarks>
internal sealed class BatchMoments : autograd.SingleTensorFunction<BatchMoments>
{
    public override string Name => nameof(BatchMoments);

    /// <param name="input">Samples, channels and whatever follows, in Float32 or Float64.</param>
    /// <returns>Two rows: the means and the variances, not corrected for the number of values.</returns>
    public static Tensor Of(Tensor input) => apply(input);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        using var noGraph = no_grad();
        var input = ((Tensor)vars[0]).detach();
        var mean = input.mean(Others(input), keepdim: true);
        ctx.save_for_backward([(Tensor)vars[0], mean]);
        var distance = input - mean;
        return stack([mean.view(-1), distance.mul_(distance).mean(Others(input))]);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // With N values in a channel the mean changes by 1 / N, the variance by 2 (x - mean) / N. Gradients of this one need the mean as a function.
        var saved = ctx.get_saved_variables();
        var input = saved[0];
        var mean = is_grad_enabled() ? input.mean(Others(input), keepdim: true) : saved[1];
        var gradient = grad_output / ((double)input.numel() / input.size(1));
        var slope = gradient[1].view(mean.shape) * 2.0;
        return [addcmul(gradient[0].view(mean.shape) - (slope * mean), slope, input, Constant.One)];
    }

    private static long[] Others(Tensor input) => [0, .. Enumerable.Range(2, (int)input.dim() - 2)];
}
