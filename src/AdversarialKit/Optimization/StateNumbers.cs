using System.Reflection;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>A number that every parameter's state has, such as its step count, as one tensor over all parameters.</summary>
internal static class StateNumbers
{
    public static bool Holds(FieldInfo field) => field.FieldType == typeof(long) || field.FieldType == typeof(double);

    /// <summary>Whether the states are torch's or ours: what numbers of others mean is not known.</summary>
    public static bool IsKnown(params OptimizerState[] states) =>
        Array.TrueForAll(states, state => state is FusedState || state.GetType().Assembly == typeof(OptimizerState).Assembly);

    public static Tensor Read(FieldInfo field, OptimizerState[] states) => field.FieldType == typeof(long)
        ? tensor(Array.ConvertAll(states, s => (long)field.GetValue(s)!), dtype: ScalarType.Int64)
        : tensor(Array.ConvertAll(states, s => (double)field.GetValue(s)!), dtype: ScalarType.Float64);

    public static Action Change(FieldInfo field, OptimizerState[] states, IReadOnlyDictionary<string, Tensor> from)
    {
        var type = field.FieldType == typeof(long) ? ScalarType.Int64 : ScalarType.Float64;
        var saved = NamedTensors.Require(from, field.Name, [states.Length], type);
        object[] numbers = type == ScalarType.Int64
            ? [.. saved.data<long>().Select(n => (object)n)]
            : [.. saved.data<double>().Select(n => (object)n)];
        if (IsKnown(states))
        {
            CheckRange(field, numbers);
        }

        return () =>
        {
            for (var i = 0; i < states.Length; i++)
            {
                field.SetValue(states[i], numbers[i]);
            }
        };
    }

    private static void CheckRange(FieldInfo field, object[] numbers)
    {
        foreach (var number in numbers)
        {
            _ = number is long count ? StateRange.Count(field.Name, count) : StateRange.Rates(field.Name, [(double)number], belowOne: false)[0];
        }
    }
}
