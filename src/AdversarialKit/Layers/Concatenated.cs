using TorchSharp.Utils;

namespace AdversarialKit;

internal sealed class Concatenated : nn.Module<Tensor, Tensor>
{
    [ComponentName(Name = "branch")]
    private readonly nn.Module<Tensor, Tensor> _branch;

    public Concatenated(nn.Module<Tensor, Tensor> branch) : base(nameof(Concatenated))
    {
        _branch = branch;
        register_module("branch", _branch);
    }

    internal nn.Module<Tensor, Tensor> Branch => _branch;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var made = _branch.call(input);
        var (there, here) = (made.shape, input.shape);
        if (here.Length < 2 || there.Length != here.Length || there.Where((size, i) => i != 1 && size != here[i]).Any())
        {
            throw new ArgumentException(
                $"The branch of a concatenation made {Text.Shape(made)} of {Text.Shape(input)}; both are laid side by side along dimension 1, so the branch must keep all other sizes.",
                nameof(input));
        }

        return cat([made, input], 1).MoveToOuterDisposeScope();
    }
}
