using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Parameters under one learning rate.</summary>
internal class FusedGroup<TState> : ParamGroup
    where TState : FusedState
{
    private readonly Parameter[] _parameters;
    private readonly (long Count, ScalarType Type)[] _layouts;
    private readonly FusedBatch<TState> _all;
    private readonly Lazy<bool> _kernelsApply;

    public FusedGroup(Parameter[] parameters, TState[] states, OptimizerOptions options)
    {
        (Parameters, Options) = (parameters, options);
        (_parameters, States) = (parameters, states);
        _layouts = Array.ConvertAll(parameters, p => (p.numel(), p.dtype));
        _all = new([.. parameters], new Tensor[parameters.Length], states);
        _kernelsApply = new(() => FusedKernels.Accept(parameters));
    }

    public TState[] States { get; }

    /// <summary>Whether type, device and layout of the parameters allow the fused kernels.</summary>
    public bool KernelsApply => _kernelsApply.Value;

    /// <summary>The parameters that have a gradient. The gradients' wrappers belong to the dispose scope around the call.</summary>
    public FusedBatch<TState> ReadGradients()
    {
        var missing = 0;
        for (var i = 0; i < _parameters.Length; i++)
        {
            var gradient = _parameters[i].grad;
            missing += gradient is null ? 1 : 0;
            _all.Gradients[i] = gradient is null ? null! : Check(gradient, i);
        }

        return missing == 0
            ? _all
            : _all.Pick([.. Enumerable.Range(0, _parameters.Length).Where(i => _all.Gradients[i] is not null)]);
    }

    // The kernels read as many numbers as the parameter has, whatever the gradient's size and strides.
    private Tensor Check(Tensor gradient, int index)
    {
        var (count, type) = _layouts[index];
        if (gradient.numel() != count || gradient.dtype != type)
        {
            throw new InvalidOperationException(
                $"The gradient of parameter {index} has shape [{string.Join(", ", gradient.shape)}] and type {gradient.dtype}, but the " +
                $"parameter has shape [{string.Join(", ", _parameters[index].shape)}] and type {type}; set a gradient that fits, or null.");
        }

        return gradient.is_contiguous() ? gradient : gradient.contiguous();
    }
}
