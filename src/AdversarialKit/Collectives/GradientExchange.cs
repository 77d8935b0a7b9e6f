using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Replaces a step's gradients by those of the whole batch: all of them in one vector, and one message.</summary>
/// <remarks>
/// Behind the gradients the vector says of each parameter whether it has one. What no rank has stays null, so that its optimizer passes it over as
/// in one process; what some have counts as 0 for the others.
/// </remarks>
internal sealed class GradientExchange : IDisposable
{
    private readonly Team _team;
    private readonly Parameter[] _parameters;
    private readonly Tensor _flat;
    private readonly Tensor[] _gradients;
    private readonly Tensor _presence;

    public GradientExchange(Team team, Parameter[] parameters)
    {
        (_team, _parameters) = (team, parameters);
        var type = Array.Exists(parameters, parameter => parameter.dtype == ScalarType.Float64) ? ScalarType.Float64 : ScalarType.Float32;
        var length = parameters.Sum(parameter => parameter.numel());
        using var noGraph = no_grad();
        _flat = zeros(length + parameters.Length, dtype: type).DetachFromDisposeScope();
        _gradients = new Tensor[parameters.Length];
        var start = 0L;
        for (var i = 0; i < parameters.Length; i++)
        {
            _gradients[i] = _flat.narrow(0, start, parameters[i].numel()).view(parameters[i].shape).DetachFromDisposeScope();
            start += parameters[i].numel();
        }

        _presence = _flat.narrow(0, start, parameters.Length).DetachFromDisposeScope();
    }

    /// <summary>The bytes of a message.</summary>
    public long Bytes => _flat.numel() * _flat.element_size();

    /// <param name="part">By which this rank's gradients count; all ranks' add up to 1.</param>
    public void Average(double part)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        _presence.copy_(tensor(Gather()));
        using var factor = part.ToScalar();
        _flat.mul_(factor);
        _team.Sum(_flat);
        var present = _presence.to(ScalarType.Float64).data<double>().ToArray();
        for (var i = 0; i < _parameters.Length; i++)
        {
            _parameters[i].grad = present[i] > 0 ? Fitting(_gradients[i], _parameters[i]) : null;
        }
    }

    public void Dispose()
    {
        Array.ForEach(_gradients, gradient => gradient.Dispose());
        _presence.Dispose();
        _flat.Dispose();
    }

    /// <returns>1 for each parameter that has a gradient, else 0.</returns>
    private double[] Gather()
    {
        var present = new double[_parameters.Length];
        for (var i = 0; i < present.Length; i++)
        {
            if (_parameters[i].grad is { } gradient)
            {
                _gradients[i].copy_(gradient);
                present[i] = 1;
            }
            else
            {
                _gradients[i].zero_();
            }
        }

        return present;
    }

    // The parameter's gradient is the vector's memory, where it can be: no copy back.
    private static Tensor Fitting(Tensor gradient, Parameter parameter) =>
        parameter.dtype == gradient.dtype && parameter.device_type == DeviceType.CPU ? gradient : gradient.to(parameter.dtype).to(parameter.device);
}
