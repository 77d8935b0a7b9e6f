namespace AdversarialKit.Benchmarks;

/// <summary>What one contender took, over all rounds, per iteration.</summary>
internal sealed record ContenderResult
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Median, first and third quartile of the rounds, in milliseconds.</summary>
    public required double Milliseconds { get; init; }

    public required double LowerQuartile { get; init; }

    public required double UpperQuartile { get; init; }

    /// <summary>Time of all processors, in milliseconds.</summary>
    public required double ProcessorMilliseconds { get; init; }

    /// <summary>Median of the ratios round by round, or null where there is nothing to compare with.</summary>
    public required double? RatioToHandWritten { get; init; }

    /// <summary>The same of processor time, which other programs on the machine disturb less.</summary>
    public required double? ProcessorRatioToHandWritten { get; init; }

    public required double? RatioToPyTorch { get; init; }

    public required double? ProcessorRatioToPyTorch { get; init; }

    /// <summary>Necessary products by time, in GFLOP/s; null where they are not counted.</summary>
    public required double? Rate { get; init; }

    /// <summary>Processor time of the bare products, tuned where this contender is, by this contender's; null where they are not counted.</summary>
    public required double? ShareOfProducts { get; init; }

    public required double ResidentMebibytes { get; init; }

    public required double AllocatedKilobytes { get; init; }

    public required int Generation2 { get; init; }
}
