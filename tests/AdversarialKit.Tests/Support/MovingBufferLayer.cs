using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>A layer with a buffer of its own that moves at every forward, in training and inference mode alike, and that the output depends on.</summary>
internal sealed class MovingBufferLayer : nn.Module<Tensor, Tensor>
{
    private Tensor _count;

    public MovingBufferLayer()
        : base(nameof(MovingBufferLayer))
    {
        _count = ones(1, dtype: ScalarType.Float32);
        RegisterComponents();
    }

    public Tensor Count => _count;

    public override Tensor forward(Tensor input)
    {
        using (no_grad())
        {
            _count.add_(1);
        }

        return input * (1 + (0.01 * _count.to(input.dtype)));
    }
}
