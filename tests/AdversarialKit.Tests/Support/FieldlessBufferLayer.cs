using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>A layer whose moving buffer lies in no field, only in torch's registry.</summary>
internal sealed class FieldlessBufferLayer : nn.Module<Tensor, Tensor>
{
    public FieldlessBufferLayer()
        : base(nameof(FieldlessBufferLayer))
    {
        register_buffer("count", ones(1));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using (no_grad())
        {
            get_buffer("count")!.add_(1);
        }

        return input.alias();
    }
}
