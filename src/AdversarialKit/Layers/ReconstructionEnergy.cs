using TorchSharp.Utils;

namespace AdversarialKit;

/// <summary>A discriminator out of an autoencoder: how badly it gives back each sample.</summary>
internal sealed class ReconstructionEnergy : nn.Module<Tensor, Tensor>
{
    private readonly bool _squared;

    [ComponentName(Name = "autoencoder")]
    private readonly nn.Module<Tensor, Tensor> _autoencoder;

    public ReconstructionEnergy(nn.Module<Tensor, Tensor> autoencoder, bool squared) : base(nameof(ReconstructionEnergy))
    {
        _autoencoder = autoencoder;
        _squared = squared;
        register_module("autoencoder", _autoencoder);
    }

    internal nn.Module<Tensor, Tensor> Autoencoder => _autoencoder;

    internal bool Squared => _squared;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var restored = _autoencoder.call(input);
        if (input.dim() < 2 || !restored.shape.AsSpan().SequenceEqual(input.shape))
        {
            throw new ArgumentException(
                $"The autoencoder of a reconstruction energy made {Text.Shape(restored)} of {Text.Shape(input)}; both are compared, so it must keep the shape [N, ...].",
                nameof(input));
        }

        var error = restored - input;
        return (_squared ? error.square() : error.abs()).flatten(1).mean([1], keepdim: true).MoveToOuterDisposeScope();
    }
}
