namespace AdversarialKit.Benchmarks;

/// <summary>What the comparison of ways to sample measures.</summary>
/// <param name="Workload">Whose generator.</param>
/// <param name="Sizes">Samples in a request.</param>
/// <param name="Seconds">Time for each way in each round.</param>
/// <param name="Rounds">How often each way has its turn.</param>
internal sealed record SamplerOptions(Workload Workload, IReadOnlyList<int> Sizes, double Seconds, int Rounds)
{
    public const int Callers = 16;

    /// <summary>The one batch that all is compared with.</summary>
    public const int LargeBatch = 2_048;
}
