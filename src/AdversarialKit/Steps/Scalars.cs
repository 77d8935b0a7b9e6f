namespace AdversarialKit;

/// <summary>Carries measured scalars off the device in one go: each read by itself would make the host wait for it.</summary>
internal static class Scalars
{
    /// <summary>A scalar 0 on the CPU, shared by all.</summary>
    public static Tensor Zero { get; } = tensor(0f).DetachFromDisposeScope();

    public static Tensor NotANumber { get; } = tensor(float.NaN).DetachFromDisposeScope();

    /// <summary>Puts scalars into one vector, in float64 on the first one's device; null stands for "not a number".</summary>
    public static Tensor Stack(params ReadOnlySpan<Tensor?> scalars)
    {
        using var noGraph = no_grad();
        var device = scalars[0]!.device;
        var row = new Tensor[scalars.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (scalars[i] ?? NotANumber).to(ScalarType.Float64).to(device);
        }

        return stack(row);
    }

    public static double[] Read(Tensor vector)
    {
        using var onHost = vector.cpu();
        return onHost.data<double>().ToArray();
    }
}
