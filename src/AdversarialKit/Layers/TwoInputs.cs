using TorchSharp.Utils;

namespace AdversarialKit;

internal sealed class TwoInputs : nn.Module<Tensor, Tensor, Tensor>
{
    [ComponentName(Name = "network")]
    private readonly nn.Module<Tensor, Tensor> _network;

    public TwoInputs(nn.Module<Tensor, Tensor> network) : base(nameof(TwoInputs))
    {
        _network = network;
        RegisterComponents();
    }

    internal nn.Module<Tensor, Tensor> Network => _network;

    public override Tensor forward(Tensor first, Tensor second)
    {
        var (here, there) = (first.shape, second.shape);
        if (here.Length < 2 || there.Length != here.Length || there.Where((size, i) => i != 1 && size != here[i]).Any())
        {
            throw new ArgumentException(
                $"A network of two inputs side by side was given {Text.Shape(first)} and {Text.Shape(second)}; they must be alike in all sizes but that of dimension 1.",
                nameof(second));
        }

        using var both = cat([first, second], 1);
        return _network.call(both);
    }
}
