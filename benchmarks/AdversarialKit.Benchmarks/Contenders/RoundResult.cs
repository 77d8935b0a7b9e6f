namespace AdversarialKit.Benchmarks;

/// <summary>What one round of a contender took, per iteration.</summary>
/// <param name="Seconds">Wall time of an iteration.</param>
/// <param name="ProcessorSeconds">Time of all processors, which other programs disturb less.</param>
/// <param name="AllocatedBytes">Managed allocations of an iteration.</param>
/// <param name="Generation2">Collections of generation 2 in the whole round.</param>
/// <param name="ResidentBytes">Resident memory at the end of the round.</param>
internal sealed record RoundResult(double Seconds, double ProcessorSeconds, double AllocatedBytes, int Generation2, long ResidentBytes);
