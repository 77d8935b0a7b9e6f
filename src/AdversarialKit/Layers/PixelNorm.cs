namespace AdversarialKit;

internal sealed class PixelNorm() : nn.Module<Tensor, Tensor>(nameof(PixelNorm))
{
    // Under the root, as in the paper.
    internal const double Epsilon = 1e-8;

    public override Tensor forward(Tensor input)
    {
        if (input.dim() < 2)
        {
            throw new ArgumentException(
                $"PixelNorm was given an input of shape {Text.Shape(input)}; it takes [N, C] or [N, C, H, W].", nameof(input));
        }

        using var scope = NewDisposeScope();
        return (input * (input.square().mean([1], keepdim: true) + Epsilon).rsqrt()).MoveToOuterDisposeScope();
    }
}
