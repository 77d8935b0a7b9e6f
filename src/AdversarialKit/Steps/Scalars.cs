namespace AdversarialKit;

/// <summary>Carries measured scalars off the device in one go: each read by itself would make the host wait for it.</summary>
internal static class Scalars
{
    /// <summary>A scalar 0 on the CPU, shared by all.</summary>
    public static Tensor Zero { get; } = tensor(0f).DetachFromDisposeScope();

    public static Tensor NotANumber { get; } = tensor(float.NaN).DetachFromDisposeScope();

    /// <summary>Puts scalars into one vector, in float64 on the first one's device; null stands for "not a number".</summary>
    /// <remarks>Conversions are kernels of their own, so only what differs from the first is converted, and the vector at the end.</remarks>
    public static Tensor Stack(params ReadOnlySpan<Tensor?> scalars)
    {
        using var noGraph = no_grad();
        var first = scalars[0]!;
        var type = first.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var row = new Tensor[scalars.Length];
        for (var i = 0; i < row.Length; i++)
        {
            var scalar = scalars[i] ?? NotANumber;
            row[i] = scalar.dtype == type ? scalar : scalar.to(type);
            if (scalar.device_type != first.device_type || scalar.device_index != first.device_index)
            {
                row[i] = row[i].to(first.device);
            }
        }

        var stacked = stack(row);
        return type == ScalarType.Float64 ? stacked : stacked.to(ScalarType.Float64);
    }

    /// <summary>Puts one more scalar behind a vector of <see cref="Stack"/>, on the vector's device: a number that was not measured is on the CPU.</summary>
    public static Tensor Append(Tensor vector, Tensor scalar) => cat([vector, Stack(scalar).to(vector.device)]);

    public static double[] Read(Tensor vector)
    {
        using var onHost = vector.cpu();
        return onHost.data<double>().ToArray();
    }
}
