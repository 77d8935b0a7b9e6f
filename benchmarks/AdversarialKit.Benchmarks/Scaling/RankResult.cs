namespace AdversarialKit.Benchmarks;

/// <summary>What rank 0 measured.</summary>
/// <param name="Seconds">Of an iteration, the median over rounds.</param>
/// <param name="Communication">Seconds of it in sums over the ranks, waiting included.</param>
/// <param name="Messages">Sums in an iteration.</param>
/// <param name="Bytes">Bytes of all of them.</param>
/// <param name="Latency">Seconds of a sum of one number; 0 in one process.</param>
/// <param name="Rate">Bytes of a tensor of 2 million floats that are summed in a second.</param>
internal sealed record RankResult(double Seconds, double Communication, double Messages, double Bytes, double Latency, double Rate);
