using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>How a <see cref="GanSampler"/> works.</summary>
public sealed record GanSamplerOptions
{
    /// <summary>The most samples that pass through the generator at once, at least 1. Memory goes by it.</summary>
    /// <value>Default: 64.</value>
    public int LargestBatch { get; init; } = 64;

    /// <summary>How many threads make samples side by side, at least 1, each without helpers within an operation.</summary>
    /// <value>Default: as many as the machine has processors; 1 where the generator is not on the CPU.</value>
    public int? Threads { get; init; }

    /// <summary>How often to look for newer weights, above zero; null: only when <see cref="GanSampler.Reload"/> is called.</summary>
    /// <value>Default: null.</value>
    public TimeSpan? ReloadInterval { get; init; }

    /// <summary>Where reloads and their failures are logged to; null: nowhere.</summary>
    /// <value>Default: null.</value>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Whether each request gets batches of its own even where they could be shared, to measure what sharing is worth.</summary>
    internal bool KeepsRequestsApart { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads ?? 1, 1, nameof(Threads));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReloadInterval ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(ReloadInterval));
    }
}
