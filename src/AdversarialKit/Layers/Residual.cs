namespace AdversarialKit;

internal sealed class Residual : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _branch;

    public Residual(nn.Module<Tensor, Tensor> branch) : base(nameof(Residual))
    {
        _branch = branch;
        register_module("branch", branch);
    }

    internal nn.Module<Tensor, Tensor> Branch => _branch;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var added = _branch.call(input);
        return added.shape.AsSpan().SequenceEqual(input.shape)
            ? (input + added).MoveToOuterDisposeScope()
            : throw new ArgumentException(
                $"The branch of a residual block made {Text.Shape(added)} of {Text.Shape(input)}; "
                + "both are added, so the branch must keep the shape.",
                nameof(input));
    }
}
