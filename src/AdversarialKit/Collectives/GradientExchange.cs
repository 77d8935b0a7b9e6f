using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Replaces a step's gradients by those of the whole batch, which are the sums of what the ranks computed of their parts.</summary>
/// <remarks>
/// Large gradients are summed where they lie; copying them would cost as much as the sum. The others travel in one vector, behind which it says of
/// each parameter whether it has a gradient. What no rank has stays null, so that its optimizer passes it over as in one process; what some have
/// counts as 0 for the others.
/// </remarks>
internal sealed class GradientExchange : IDisposable
{
    // From 64 KiB on a message costs more by its bytes than by being one more.
    private const long Large = 1 << 14;

    private readonly Team _team;
    private readonly Parameter[] _parameters;
    private readonly Tensor _flat;
    private readonly Tensor?[] _places;
    private readonly Tensor _presence;

    public GradientExchange(Team team, Parameter[] parameters)
    {
        (_team, _parameters) = (team, parameters);
        var type = Array.Exists(parameters, parameter => parameter.dtype == ScalarType.Float64) ? ScalarType.Float64 : ScalarType.Float32;
        var length = parameters.Where(parameter => !IsLarge(parameter)).Sum(parameter => parameter.numel());
        using var noGraph = no_grad();
        _flat = zeros(length + parameters.Length, dtype: type).DetachFromDisposeScope();
        _places = new Tensor?[parameters.Length];
        var start = 0L;
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!IsLarge(parameters[i]))
            {
                _places[i] = _flat.narrow(0, start, parameters[i].numel()).view(parameters[i].shape).DetachFromDisposeScope();
                start += parameters[i].numel();
            }
        }

        _presence = _flat.narrow(0, start, parameters.Length).DetachFromDisposeScope();
    }

    /// <summary>Sums the gradients over the ranks. Each rank's come of its losses times its part of the batch.</summary>
    public void Sum()
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        _presence.copy_(tensor(Array.ConvertAll(_parameters, parameter => parameter.grad is null ? 0.0 : 1.0)));
        PackSmall();
        _team.Sum(_flat);
        var present = _presence.to(ScalarType.Float64).data<double>().ToArray();
        var memory = new HashSet<nint>();
        var sums = new Tensor?[_parameters.Length];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = present[i] == 0 ? null : _places[i] is { } place ? Fitting(place, _parameters[i]) : InMemoryOfItsOwn(_parameters[i], memory);
        }

        for (var i = 0; i < sums.Length; i++)
        {
            if (_places[i] is null && sums[i] is { } large)
            {
                _team.Sum(large);
            }

            _parameters[i].grad = sums[i];
        }
    }

    public void Dispose()
    {
        Array.ForEach(_places, place => place?.Dispose());
        _presence.Dispose();
        _flat.Dispose();
    }

    private static bool IsLarge(Parameter parameter) =>
        parameter.numel() >= Large && parameter.device_type == DeviceType.CPU && parameter.dtype is ScalarType.Float32 or ScalarType.Float64;

    private void PackSmall()
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            if (_parameters[i].grad is { } gradient)
            {
                _places[i]?.copy_(gradient);
            }
            else
            {
                _places[i]?.zero_();
            }
        }
    }

    // Autograd may give two parameters one memory, where their gradients are the same; each is a sum of its own.
    private static Tensor InMemoryOfItsOwn(Parameter parameter, HashSet<nint> taken)
    {
        var gradient = parameter.grad is { } own ? own.contiguous() : zeros_like(parameter).contiguous();
        return taken.Add(TensorBytes.Address(gradient)) ? gradient : gradient.clone();
    }

    // The parameter's gradient is the vector's memory, where it can be: no copy back.
    private static Tensor Fitting(Tensor gradient, Parameter parameter) =>
        parameter.dtype == gradient.dtype && parameter.device_type == DeviceType.CPU ? gradient : gradient.to(parameter.dtype).to(parameter.device);
}
