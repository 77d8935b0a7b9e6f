namespace AdversarialKit.Benchmarks;

/// <summary>Series of a swing that noise keeps going, and what they have in common with themselves some moments later.</summary>
internal static class SwingSeries
{
    public const int Length = 16;
    public const int Lags = 9;

    private const int Warming = 50;

    /// <summary>x[t] = 1.5 x[t - 1] - 0.8 x[t - 2] + noise, as [N, T, 1].</summary>
    public static Tensor Draw(long count)
    {
        using var scope = NewDisposeScope();
        var moments = new List<Tensor> { zeros(count), zeros(count) };
        for (var t = 0; t < Warming + Length; t++)
        {
            moments.Add(moments[^1] * 1.5 - moments[^2] * 0.8 + randn(count) * 0.3);
        }

        return stack(moments.TakeLast(Length).ToArray(), 1).unsqueeze(2).MoveToOuterDisposeScope();
    }

    public static double[] Autocorrelation(Tensor series)
    {
        using var scope = NewDisposeScope();
        return [.. Enumerable.Range(0, Lags).Select(lag =>
            (series[.., ..(Length - lag)] * series[.., lag..]).mean().item<float>() / (double)series.square().mean().item<float>())];
    }
}
