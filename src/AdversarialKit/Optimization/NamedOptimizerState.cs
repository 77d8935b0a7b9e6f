using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// The state of any managed optimizer as named tensors: <c>exp_avg.0</c> is the state tensor <c>exp_avg</c> of its first
/// parameter, <c>step</c> the step counts of all of them, <c>learning_rate</c> the rates of its groups. TorchSharp's own
/// load functions are left aside: they leave dead tensors behind inside a dispose scope.
/// </summary>
internal sealed class NamedOptimizerState : IStateful
{
    private readonly OptimizerHelper _optimizer;

    /// <exception cref="NotSupportedException">The optimizer keeps its state in native code, as LBFGS does, or in another optimizer that it wraps.</exception>
    public NamedOptimizerState(optim.Optimizer optimizer)
    {
        _optimizer = optimizer as OptimizerHelper ?? throw new NotSupportedException(!IsNative(optimizer)
            ? Unreadable(optimizer)
            : $"The state of {optimizer.GetType().Name} cannot be read, because TorchSharp keeps it in native code; choose another optimizer.");
        try
        {
            States();
        }
        catch (Exception error) when (error is KeyNotFoundException or NullReferenceException or NotSupportedException or NotImplementedException)
        {
            // TorchSharp looks up a state for each parameter in a table that a wrapper never fills.
            throw new NotSupportedException(Unreadable(optimizer), error);
        }
    }

    /// <summary>Why a checkpoint cannot hold an optimizer's state; null where it can.</summary>
    public static string? FaultOf(optim.Optimizer optimizer)
    {
        try
        {
            Of(optimizer);
            return null;
        }
        catch (NotSupportedException error)
        {
            return error.Message;
        }
    }

    /// <summary>The optimizer itself where it names its state, and otherwise this view of it.</summary>
    public static IStateful Of(optim.Optimizer optimizer) => optimizer as IStateful ?? new NamedOptimizerState(optimizer);

    public IReadOnlyDictionary<string, Tensor> GetState()
    {
        var result = new Dictionary<string, Tensor>();
        var (states, parameters) = (States(), _optimizer.parameters().ToArray());
        foreach (var field in Fields(states))
        {
            if (field.FieldType != typeof(Tensor))
            {
                result[field.Name] = StateNumbers.Read(field, states);
                continue;
            }

            foreach (var i in Enumerable.Range(0, states.Length).Where(i => IsNamed(field, states[i])))
            {
                result[$"{field.Name}.{i}"] = field.GetValue(states[i]) is Tensor tensor ? NamedTensors.Copy(tensor) : Absent(parameters[i]);
            }
        }

        foreach (var (name, read, _) in Rates())
        {
            result[name] = tensor(Groups().Select(read).ToArray(), dtype: ScalarType.Float64);
        }

        return result;
    }

    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var known = new HashSet<string>();
        var changes = new List<Action>();
        var (states, parameters) = (States(), _optimizer.parameters().ToArray());
        foreach (var field in Fields(states))
        {
            if (field.FieldType == typeof(Tensor))
            {
                foreach (var i in Enumerable.Range(0, states.Length).Where(i => IsNamed(field, states[i])))
                {
                    var name = $"{field.Name}.{i}";
                    known.Add(name);
                    changes.Add(TensorChange(field, states[i], parameters[i], name, state));
                }
            }
            else
            {
                known.Add(field.Name);
                changes.Add(StateNumbers.Change(field, states, state));
            }
        }

        var groups = Groups();
        foreach (var (name, _, write) in Rates())
        {
            known.Add(name);
            var saved = NamedTensors.Require(state, name, [groups.Length], ScalarType.Float64).data<double>().ToArray();
            var rates = StateRange.Rates(name, saved, belowOne: name is "beta1" or "beta2");
            changes.Add(() => Array.ForEach(groups, group => write(group, rates[Array.IndexOf(groups, group)])));
        }

        NamedTensors.RefuseOthers(state, known);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        changes.ForEach(change => change());
    }

    /// <summary>Whether it is one of TorchSharp's that keep even their parameters in native code, as LBFGS does.</summary>
    public static bool IsNative(optim.Optimizer optimizer) =>
        optimizer is not OptimizerHelper && optimizer.GetType().Assembly == typeof(optim.Optimizer).Assembly;

    private static string Unreadable(optim.Optimizer optimizer) =>
        $"The state of {optimizer.GetType().Name} cannot be read: it keeps none under TorchSharp's names, as an optimizer that wraps another does. " +
        "Let it implement IStateful and hand on the state of the one that it wraps, or give WithOptimizers that one.";

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "AdversarialKit.targets keeps the fields of TorchSharp's states.")]
    private static FieldInfo[] Fields(OptimizerState[] states) => states.Length == 0
        ? []
        : Array.FindAll(
            states[0].GetType().GetFields(BindingFlags.Public | BindingFlags.Instance),
            field => field.FieldType == typeof(Tensor) || StateNumbers.Holds(field));

    // What options leave out for good, such as amsgrad's maximum, has no name; what comes with the first step always has one.
    private static bool IsNamed(FieldInfo field, OptimizerState state) => MayBeAbsent(state) || field.GetValue(state) is not null;

    private static Tensor Absent(Parameter parameter) => zeros(0, dtype: parameter.dtype);

    private static Action TensorChange(
        FieldInfo field, OptimizerState state, Parameter parameter, string name, IReadOnlyDictionary<string, Tensor> from)
    {
        var live = (Tensor?)field.GetValue(state);
        var saved = from.GetValueOrDefault(name);
        if (saved is not null && saved.shape is [0] && MayBeAbsent(state))
        {
            return () => Clear(field, state, live);
        }

        var needed = live ?? parameter;
        var source = NamedTensors.Require(from, name, needed.shape, needed.dtype);
        if (StateNumbers.IsKnown(state))
        {
            StateRange.CheckMoments(field.Name, name, source);
        }

        return live is not null
            ? () => live.copy_(source)
            : () => field.SetValue(state, source.to(parameter.device, copy: true).DetachFromDisposeScope());
    }

    private static void Clear(FieldInfo field, OptimizerState state, Tensor? live)
    {
        if (state is FusedState)
        {
            live?.zero_();
            return;
        }

        live?.Dispose();
        field.SetValue(state, null);
    }

    // In TorchSharp only SGD makes its buffer at the first step; what states from elsewhere do is not known.
    private static bool MayBeAbsent(OptimizerState state) =>
        state is SGD.State or FusedSgdState || state.GetType().Assembly != typeof(OptimizerState).Assembly && state is not FusedState;

    private OptimizerState[] States() => [.. _optimizer.state_dict().State];

    private optim.ILearningRateController[] Groups() => [.. _optimizer.ParamGroups];

    /// <summary>What a schedule may have changed in a group.</summary>
    private IEnumerable<(string Name, Func<optim.ILearningRateController, double> Read, Action<optim.ILearningRateController, double> Write)> Rates()
    {
        yield return ("learning_rate", g => g.LearningRate, (g, value) => g.LearningRate = value);
        yield return ("initial_learning_rate", g => g.InitialLearningRate, (g, value) => g.InitialLearningRate = value);
        if (Array.TrueForAll(Groups(), g => g is optim.IMomentum))
        {
            yield return ("momentum", g => ((optim.IMomentum)g).Momentum, (g, value) => ((optim.IMomentum)g).Momentum = value);
        }

        if (Array.TrueForAll(Groups(), g => g is optim.IBetas))
        {
            yield return ("beta1", g => Betas(g).Betas.Item1, (g, value) => Betas(g).Betas = (value, Betas(g).Betas.Item2));
            yield return ("beta2", g => Betas(g).Betas.Item2, (g, value) => Betas(g).Betas = (Betas(g).Betas.Item1, value));
        }
    }

    private static optim.IBetas Betas(optim.ILearningRateController group) => (optim.IBetas)group;
}
