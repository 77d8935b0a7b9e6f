namespace AdversarialKit;

/// <summary>What a batch is in that of all ranks.</summary>
/// <param name="Part">By which its means count: its samples over all samples.</param>
/// <param name="Total">The samples of all ranks.</param>
internal readonly record struct TeamShare(double Part, long Total)
{
    /// <summary>Of one process alone.</summary>
    public static TeamShare All(long samples) => new(1, samples);
}
