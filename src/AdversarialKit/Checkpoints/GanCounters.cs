using System.Globalization;

namespace AdversarialKit;

/// <summary>The numbers by which a GAN knows how far it is.</summary>
internal readonly record struct GanCounters(long Iteration, long DiscriminatorSteps, long SamplesSeen, double RealSign)
{
    private const string Steps = "discriminatorSteps";
    private const string Samples = "samplesSeen";
    private const string Sign = "realSign";

    public void WriteTo(IDictionary<string, string> values)
    {
        values[Steps] = DiscriminatorSteps.ToString(CultureInfo.InvariantCulture);
        values[Samples] = SamplesSeen.ToString(CultureInfo.InvariantCulture);
        values[Sign] = Text.Number(RealSign);
    }

    /// <exception cref="CheckpointException">A value is missing or no such number.</exception>
    public static GanCounters Read(Checkpoint checkpoint)
    {
        if (!double.TryParse(Value(checkpoint, Sign), NumberStyles.Float, CultureInfo.InvariantCulture, out var sign) || !(sign is >= -1 and <= 1 or double.NaN))
        {
            throw Fault(checkpoint, Sign);
        }

        return new GanCounters(checkpoint.Manifest.Iteration, Count(checkpoint, Steps), Count(checkpoint, Samples), sign);
    }

    private static long Count(Checkpoint checkpoint, string name) =>
        long.TryParse(Value(checkpoint, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && StateRange.IsCount(count) ? count : throw Fault(checkpoint, name);

    private static string? Value(Checkpoint checkpoint, string name) => checkpoint.Manifest.Values.GetValueOrDefault(name);

    private static CheckpointException Fault(Checkpoint checkpoint, string name) => new(
        Path.Combine(checkpoint.DirectoryPath, CheckpointNames.Manifest),
        $"The value '{name}' is {(Value(checkpoint, name) is { } value ? DisplayText.Quote(value) + ", which it cannot be" : "missing")}: this is no checkpoint of a GAN.");
}
