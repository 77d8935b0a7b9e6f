using System.Reflection;
using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>A number that every parameter's state has, such as its step count, as one tensor over all parameters.</summary>
internal static class StateNumbers
{
    public static bool Holds(FieldInfo field) => field.FieldType == typeof(long) || field.FieldType == typeof(double);

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
        return () =>
        {
            for (var i = 0; i < states.Length; i++)
            {
                field.SetValue(states[i], numbers[i]);
            }
        };
    }
}
