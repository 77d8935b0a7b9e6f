using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

/// <summary>One layer of <see cref="SpectralNorm"/>, whatever it computes.</summary>
internal sealed class SpectrallyNormalized : nn.Module<Tensor, Tensor>
{
    private readonly SpectralOperation _operation;
    private readonly PowerIteration _iteration;

    // Not readonly: to() writes these fields by reflection, and an isolated forward pass swaps the vectors.
    [ComponentName(Name = "weight_orig")]
    private Parameter _weight;
    [ComponentName(Name = "bias")]
    private Parameter? _bias;
    [ComponentName(Name = "weight_u")]
    private Tensor _u;
    [ComponentName(Name = "weight_v")]
    private Tensor _v;

    public SpectrallyNormalized(Parameter weight, Parameter? bias, SpectralOperation operation, PowerIteration iteration)
        : base(nameof(SpectrallyNormalized))
    {
        _operation = operation;
        _iteration = iteration;
        _weight = (Parameter)weight.DetachFromDisposeScope();
        _bias = (Parameter?)bias?.DetachFromDisposeScope();
        using (var matrix = Matrix())
        {
            (_u, _v) = iteration.Start(matrix);
        }

        register_parameter("weight_orig", _weight);
        if (_bias is not null)
        {
            register_parameter("bias", _bias);
        }

        register_buffer("weight_u", _u);
        register_buffer("weight_v", _v);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var matrix = Matrix();
        if (training)
        {
            _iteration.Advance(matrix, _u, _v);
        }

        return _operation.Compute(input, Normalized(matrix), _bias).MoveToOuterDisposeScope();
    }

    internal SpectralOperation Operation => _operation;

    internal Parameter? Bias => _bias;

    /// <summary>The weight that a call in inference mode computes with; the caller disposes it.</summary>
    internal Tensor NormalizedWeight()
    {
        using var scope = NewDisposeScope();
        return Normalized(Matrix()).MoveToOuterDisposeScope();
    }

    public override string ToString() =>
        $"SpectralNorm.{_operation.Kind}(weight {Text.Shape(_weight)}, {_iteration.Count} power iteration(s))";

    // Clones: the next call moves the vectors in place, and this call's backward pass still needs them.
    private Tensor Normalized(Tensor matrix) => _weight / dot(_u.clone(), mv(matrix, _v.clone()));

    private Tensor Matrix()
    {
        using var rows = _operation.OutputDimension == 0 ? _weight.alias() : _weight.transpose(0, _operation.OutputDimension);
        return rows.flatten(1);
    }
}
