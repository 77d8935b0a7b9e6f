namespace AdversarialKit;

/// <summary>
/// A draw from categories that can be differentiated, made by <see cref="GanLayer.GumbelSoftmax"/>:
/// <c>y = softmax((logits + g) / temperature)</c> with g from Gumbel's distribution.
/// </summary>
/// <remarks>Draws in training and in inference mode alike, from the generator that torch shares (as dropout's is), whose state checkpoints
/// hold; <c>Gan.Sample</c> lets it draw from the GAN's stream for samples instead.</remarks>
public sealed class GumbelSoftmax : nn.Module<Tensor, Tensor>
{
    private readonly double _temperature;
    private readonly bool _hard;

    internal GumbelSoftmax(double temperature, bool hard) : base(nameof(GumbelSoftmax)) => (_temperature, _hard) = (temperature, hard);

    /// <summary>Draws.</summary>
    /// <param name="input">Logits <c>[..., K]</c> of K categories, unnormalised.</param>
    /// <returns>A new tensor of the same shape, whose rows sum to 1.</returns>
    /// <exception cref="ArgumentException"><paramref name="input"/> is a scalar.</exception>
    public override Tensor forward(Tensor input)
    {
        CheckLogits(input);
        using var scope = NewDisposeScope();
        return Draw(input, SharedDraws.Gumbel(input.shape, input)).MoveToOuterDisposeScope();
    }

    /// <summary>The draw that uniform numbers of the caller's make: <c>g = -log(-log(u))</c>.</summary>
    /// <param name="logits">Logits <c>[..., K]</c> of K categories, unnormalised.</param>
    /// <param name="uniform">Numbers of the same shape, above 0 and below 1. Remain the caller's.</param>
    /// <returns>A new tensor of the same shape, whose rows sum to 1.</returns>
    /// <exception cref="ArgumentException">The shapes differ, or <paramref name="logits"/> is a scalar.</exception>
    public Tensor By(Tensor logits, Tensor uniform)
    {
        CheckLogits(logits);
        ArgumentNullException.ThrowIfNull(uniform);
        if (!uniform.shape.AsSpan().SequenceEqual(logits.shape))
        {
            throw new ArgumentException(
                $"GumbelSoftmax was given uniform numbers of shape {Text.Shape(uniform)} for logits of shape {Text.Shape(logits)}; it takes one for each logit.",
                nameof(uniform));
        }

        using var scope = NewDisposeScope();
        return Draw(logits, uniform.log().neg().log().neg()).MoveToOuterDisposeScope();
    }

    /// <summary>Its name and numbers.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"GumbelSoftmax(temperature {Text.Number(_temperature)}{(_hard ? ", straight-through" : "")})";

    private Tensor Draw(Tensor logits, Tensor gumbel)
    {
        var soft = ((logits + gumbel) / _temperature).softmax(-1);
        if (!_hard)
        {
            return soft;
        }

        // The difference is exactly 0 but carries the soft draw's gradient: straight-through.
        var drawn = zeros_like(soft).scatter_(-1, soft.argmax(-1, keepdim: true), ones_like(soft));
        return drawn + (soft - soft.detach());
    }

    private static void CheckLogits(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.dim() < 1)
        {
            throw new ArgumentException($"GumbelSoftmax was given logits of shape {Text.Shape(logits)}; it takes [..., K].", nameof(logits));
        }
    }
}
