namespace AdversarialKit.Benchmarks;

/// <summary>The comparison of one workload.</summary>
internal sealed record WorkloadResult(
    string Workload, int Rounds, int IterationsPerRound, double GigaFlop, IReadOnlyList<ContenderResult> Contenders);
