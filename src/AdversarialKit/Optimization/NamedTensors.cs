namespace AdversarialKit;

/// <summary>Checks of named tensors before a state is taken on.</summary>
internal static class NamedTensors
{
    public static Tensor Require(IReadOnlyDictionary<string, Tensor> state, string name, ReadOnlySpan<long> shape, ScalarType type)
    {
        if (!state.TryGetValue(name, out var tensor))
        {
            throw new ArgumentException($"The state lacks '{name}'; it was saved by something else.", nameof(state));
        }

        if (!tensor.shape.AsSpan().SequenceEqual(shape) || tensor.dtype != type)
        {
            throw new ArgumentException(
                $"'{name}' in the state has shape {Text(tensor.shape)} and type {tensor.dtype}, " +
                $"but shape {Text(shape)} and type {type} are needed.",
                nameof(state));
        }

        return tensor;
    }

    public static void RefuseOthers(IReadOnlyDictionary<string, Tensor> state, IReadOnlySet<string> known)
    {
        var other = state.Keys.Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (other is not null)
        {
            throw new ArgumentException($"The state has '{other}', which is not known here; it was saved by something else.", nameof(state));
        }
    }

    /// <summary>A copy in the CPU's memory, which the caller disposes.</summary>
    public static Tensor Copy(Tensor tensor)
    {
        using var detached = tensor.detach();
        return detached.to(CPU, copy: true);
    }

    public static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";
}
