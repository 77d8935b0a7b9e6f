namespace AdversarialKit.Benchmarks;

/// <summary>[N, T, inputs] -> [N, T, 1], moment by moment.</summary>
internal sealed class RecurrentNetwork : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.RNN _cells;
    private readonly nn.Module<Tensor, Tensor> _out;

    public RecurrentNetwork(long inputs, long width)
        : base(nameof(RecurrentNetwork))
    {
        _cells = nn.RNN(inputs, width, batchFirst: true);
        _out = nn.Linear(width, 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (states, _) = _cells.call(x);
        return _out.call(states).MoveToOuterDisposeScope();
    }
}
