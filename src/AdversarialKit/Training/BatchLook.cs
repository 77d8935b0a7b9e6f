namespace AdversarialKit;

/// <summary>What was seen of an iteration's real batches, and where it was time to, of a few samples beside them.</summary>
/// <param name="DataFault">What is wrong with the data, in a sentence; null where they were not looked at or nothing is.</param>
/// <param name="Spread">How far samples differ from each other, see <see cref="SampleSpread"/>; NaN where it was not measured.</param>
/// <param name="Real">The range of the real samples.</param>
/// <param name="Made">The range of the generator's.</param>
internal readonly record struct BatchLook(string? DataFault, double Spread, ValueRange Real, ValueRange Made)
{
    public static BatchLook None { get; } = new(null, double.NaN, ValueRange.Unknown, ValueRange.Unknown);
}
