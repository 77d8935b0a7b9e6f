namespace AdversarialKit.Benchmarks;

/// <summary>What one contender took, idle and beside busy neighbours.</summary>
/// <param name="Name">Which.</param>
/// <param name="Description">What it said of itself.</param>
/// <param name="IdleMilliseconds">Median of the rounds, per iteration.</param>
/// <param name="BusyMilliseconds">The same beside busy neighbours.</param>
/// <param name="BusyByIdle">Median of the ratios round by round.</param>
/// <param name="IdleBySpinning">Idle time by that of threads that spin, round by round.</param>
/// <param name="BusyBySpinning">Busy time by that of threads that spin.</param>
internal sealed record BusyResult(
    string Name, string Description, double IdleMilliseconds, double BusyMilliseconds, double BusyByIdle, double IdleBySpinning, double BusyBySpinning);
