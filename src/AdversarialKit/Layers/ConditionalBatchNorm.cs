using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

internal sealed class ConditionalBatchNorm : nn.Module<Tensor, Tensor, Tensor>, IBatchDependent
{
    private readonly ConditionalBatchNormSize _size;

    [ComponentName(Name = "norm")]
    private readonly nn.Module<Tensor, Tensor> _norm;
    [ComponentName(Name = "gamma")]
    private readonly Embedding _gamma;
    [ComponentName(Name = "beta")]
    private readonly Embedding _beta;

    public ConditionalBatchNorm(nn.Module<Tensor, Tensor> norm, ConditionalBatchNormSize size)
        : base(nameof(ConditionalBatchNorm))
    {
        _size = size;
        _norm = norm;
        _gamma = nn.Embedding(size.Classes, size.Features);
        _beta = nn.Embedding(size.Classes, size.Features);
        nn.init.ones_(_gamma.weight!);
        nn.init.zeros_(_beta.weight!);
        register_module("norm", _norm);
        register_module("gamma", _gamma);
        register_module("beta", _beta);
    }

    internal int Rank => _size.Rank;

    internal nn.Module<Tensor, Tensor> Norm => _norm;

    internal Embedding Gamma => _gamma;

    internal Embedding Beta => _beta;

    public override Tensor forward(Tensor input, Tensor labels)
    {
        Check(input);
        ClassLabels.Check(labels, input.shape[0], _size.Classes, nameof(ConditionalBatchNorm));

        using var scope = NewDisposeScope();
        var gamma = PerSample(_gamma.call(labels));
        var beta = PerSample(_beta.call(labels));
        return (gamma * _norm.call(input) + beta).MoveToOuterDisposeScope();
    }

    public string? NeedUnmetBy(long samples) => samples < 2 ? BatchDependence.AtLeastTwo : null;

    private Tensor PerSample(Tensor embedded) => _size.Rank == 2 ? embedded : embedded.unsqueeze(-1).unsqueeze(-1);

    private void Check(Tensor input)
    {
        var shape = input.shape;
        if (shape.Length != _size.Rank || shape[1] != _size.Features)
        {
            var expected = _size.Rank == 2 ? $"[N, {_size.Features}]" : $"[N, {_size.Features}, H, W]";
            throw new ArgumentException(
                $"ConditionalBatchNorm was given an input of shape {Text.Shape(input)}; it takes {expected}, as said when it was made.",
                nameof(input));
        }

        // TorchSharp would go on and write NaN into the running variance.
        if (training && shape.Where((_, i) => i != 1).Aggregate(1L, (a, b) => a * b) == 1)
        {
            throw new ArgumentException(
                $"ConditionalBatchNorm was given an input of shape {Text.Shape(input)} in training mode: one value a feature "
                + "has no variance. Pass a larger batch, or call eval() first.",
                nameof(input));
        }
    }
}
