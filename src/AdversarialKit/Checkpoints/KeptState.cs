using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Everything of a system that iterations move, kept in memory, and put back when it is disposed: to the last byte, gradients included.</summary>
internal sealed class KeptState : IDisposable
{
    private readonly SystemParts _parts;
    private readonly IReadOnlyDictionary<string, IStateful> _stateful;
    private readonly Dictionary<string, IReadOnlyDictionary<string, Tensor>> _states;
    private readonly (Tensor Live, Tensor Kept)[] _weights;
    private readonly (Parameter Parameter, Tensor? Gradient)[] _gradients;
    private readonly (optim.ILearningRateController Group, double Rate)[] _rates;
    private readonly Tensor _random;
    private readonly Tensor _samplingRandom;
    private readonly Tensor _torchRandom;
    private readonly Action _putCountersBack;

    /// <param name="parts">Networks, optimizers and generators of randomness.</param>
    /// <param name="stateful">What else iterations move.</param>
    /// <param name="putCountersBack">Puts back what is no tensor.</param>
    public KeptState(SystemParts parts, IReadOnlyDictionary<string, IStateful> stateful, Action putCountersBack)
    {
        (_parts, _stateful, _putCountersBack) = (parts, stateful, putCountersBack);
        using var scope = NewDisposeScope();
        _weights = [.. parts.Networks.SelectMany(network => NetworkState.Of(network).Values).Select(live => (live, Copy(live)))];
        _gradients = [.. parts.Networks.SelectMany(network => network.Parameters).Select(p => (p.Parameter, p.Parameter.grad?.DetachFromDisposeScope()))];
        _rates = [.. parts.Steps.SelectMany(step => step.Optimizer.ParamGroups).Select(group => (group, group.LearningRate))];
        _states = stateful.ToDictionary(part => part.Key, part => part.Value.GetState());
        foreach (var tensor in _states.Values.SelectMany(state => state.Values))
        {
            tensor.DetachFromDisposeScope();
        }

        _random = RandomState.Capture(parts.Random).DetachFromDisposeScope();
        _samplingRandom = RandomState.Capture(parts.SamplingRandom).DetachFromDisposeScope();
        _torchRandom = RandomState.CaptureGlobal().DetachFromDisposeScope();
    }

    public void Dispose()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (name, part) in _stateful)
        {
            part.SetState(_states[name]);
        }

        Array.ForEach(_weights, weight => weight.Live.copy_(weight.Kept));
        Array.ForEach(_gradients, entry => entry.Parameter.grad = entry.Gradient);
        Array.ForEach(_rates, entry => entry.Group.LearningRate = entry.Rate);
        RandomState.Restore(_parts.Random, _random);
        RandomState.Restore(_parts.SamplingRandom, _samplingRandom);
        RandomState.RestoreGlobal(_torchRandom);
        _putCountersBack();
        DisposeKept();
    }

    private static Tensor Copy(Tensor live) => live.detach().clone().DetachFromDisposeScope();

    private void DisposeKept()
    {
        SafetensorsReader.DisposeAll(_states.Values.SelectMany(state => state.Values));
        Array.ForEach(_weights, weight => weight.Kept.Dispose());
        Array.ForEach(_gradients, entry => entry.Gradient?.Dispose());
        _random.Dispose();
        _samplingRandom.Dispose();
        _torchRandom.Dispose();
    }
}
