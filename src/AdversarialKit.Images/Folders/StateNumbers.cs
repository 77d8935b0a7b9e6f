namespace AdversarialKit;

/// <summary>Reads whole numbers out of a state, and refuses one that is another's.</summary>
internal static class StateNumbers
{
    public static long[] Read(IReadOnlyDictionary<string, Tensor> state, string name, long[] shape)
    {
        if (!state.TryGetValue(name, out var numbers))
        {
            throw new ArgumentException($"The state lacks '{name}'; it was saved by something else.", nameof(state));
        }

        if (!numbers.shape.AsSpan().SequenceEqual(shape) || numbers.dtype != ScalarType.Int64)
        {
            throw new ArgumentException(
                $"'{name}' in the state has shape [{string.Join(", ", numbers.shape)}] and type {numbers.dtype}, " +
                $"but shape [{string.Join(", ", shape)}] and type {ScalarType.Int64} are needed.",
                nameof(state));
        }

        return numbers.data<long>().ToArray();
    }

    public static void RefuseOthers(IReadOnlyDictionary<string, Tensor> state, string[] known)
    {
        if (state.Keys.Except(known).Order(StringComparer.Ordinal).FirstOrDefault() is { } other)
        {
            throw new ArgumentException($"The state has '{other}', which is not known here; it was saved by something else.", nameof(state));
        }
    }
}
