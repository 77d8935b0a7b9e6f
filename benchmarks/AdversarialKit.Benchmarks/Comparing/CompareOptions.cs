namespace AdversarialKit.Benchmarks;

/// <param name="Workloads">What is compared.</param>
/// <param name="Seconds">About how long each contender runs in each workload.</param>
/// <param name="Threads">Threads of all contenders, or null for what torch takes.</param>
/// <param name="OutputFolder">Where the results are written to.</param>
/// <param name="Python">The interpreter with torch, or null to look for one.</param>
internal sealed record CompareOptions(
    IReadOnlyList<Workload> Workloads, double Seconds, int? Threads, string OutputFolder, string? Python)
{
    /// <summary>Whether the library also runs with what it offers for speed that changes what is computed.</summary>
    public bool OptIn { get; init; }

    /// <summary>Whether to measure beside busy processes in place of the other contenders.</summary>
    public bool Busy { get; init; }

    /// <summary>Numbers of idle turns of waiting threads to compare beside the library's own.</summary>
    public IReadOnlyList<int> Turns { get; init; } = [];
}
