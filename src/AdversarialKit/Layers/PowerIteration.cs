namespace AdversarialKit;

/// <summary>How a <see cref="SpectrallyNormalized"/> layer finds its largest singular value.</summary>
/// <param name="Count">Iterations at each call in training mode.</param>
/// <param name="Random">Draws the first vectors; null: TorchSharp's own generator.</param>
internal readonly record struct PowerIteration(int Count, Generator? Random)
{
    // As torch.nn.utils.parametrizations.spectral_norm does, so that the first calls do not overshoot.
    private const int Initial = 15;

    private const double Epsilon = 1e-12;

    public (Tensor U, Tensor V) Start(Tensor weight)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var matrix = weight.detach();
        var u = Direction(matrix.shape[0], matrix);
        var v = Direction(matrix.shape[1], matrix);
        Run(matrix, u, v, Initial);
        return (u.DetachFromDisposeScope(), v.DetachFromDisposeScope());
    }

    /// <summary>Moves <paramref name="u"/> and <paramref name="v"/> in place.</summary>
    public void Advance(Tensor weight, Tensor u, Tensor v)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Run(weight.detach(), u, v, Count);
    }

    private static void Run(Tensor matrix, Tensor u, Tensor v, int count)
    {
        for (var i = 0; i < count; i++)
        {
            v.copy_(nn.functional.normalize(mv(matrix.t(), u), dim: 0, eps: Epsilon));
            u.copy_(nn.functional.normalize(mv(matrix, v), dim: 0, eps: Epsilon));
        }
    }

    private Tensor Direction(long length, Tensor like)
    {
        var drawn = randn([length], dtype: ScalarType.Float32, generator: Random).to(like.dtype).to(like.device);
        return nn.functional.normalize(drawn, dim: 0, eps: Epsilon).clone();
    }
}
