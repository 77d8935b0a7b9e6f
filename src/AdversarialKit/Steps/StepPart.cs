namespace AdversarialKit;

/// <summary>Where a part of a batch stands in it.</summary>
/// <param name="Before">The share of the parts before it.</param>
/// <param name="Share">Its own share.</param>
/// <param name="IsLast">Whether none follows.</param>
internal readonly record struct StepPart(double Before, double Share, bool IsLast)
{
    public static StepPart Whole { get; } = new(0, 1, true);

    public static StepPart Of(long start, long count, long total) =>
        count == total ? Whole : new((double)start / total, (double)count / total, start + count == total);
}
