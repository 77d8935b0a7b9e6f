using System.Globalization;

namespace AdversarialKit;

/// <summary>The numbers by which a system knows how far it is.</summary>
internal sealed record SystemCounters
{
    private const string Samples = "samplesSeen";

    public required long Iteration { get; init; }

    public required long SamplesSeen { get; init; }

    /// <summary>How often steps were made, by the name of their counter.</summary>
    public required IReadOnlyDictionary<string, long> Steps { get; init; }

    /// <summary>What pieces remember of the last iteration, by name.</summary>
    public required IReadOnlyDictionary<string, double> Numbers { get; init; }

    public static SystemCounters Of(AdversarialSystem system) => new()
    {
        Iteration = system.Iteration,
        SamplesSeen = system.SamplesSeen,
        Steps = Counted(system.Parts).ToDictionary(step => step.Plan.Counter!, step => step.StepsMade),
        Numbers = system.Parts.Remembered.ToDictionary(number => number.Name, number => number.Get()),
    };

    public void WriteTo(IDictionary<string, string> values)
    {
        foreach (var (name, count) in Steps)
        {
            values[name] = count.ToString(CultureInfo.InvariantCulture);
        }

        values[Samples] = SamplesSeen.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, number) in Numbers)
        {
            values[name] = Text.Number(number);
        }
    }

    /// <summary>The values that a checkpoint of this system has and this one lacks.</summary>
    public static IEnumerable<string> Missing(Checkpoint checkpoint, SystemParts parts) => parts.Remembered.Select(number => number.Name)
        .Concat(Counted(parts).Select(step => step.Plan.Counter!))
        .Append(Samples)
        .Where(name => Value(checkpoint, name) is null);

    /// <exception cref="CheckpointException">A value is missing or no such number.</exception>
    public static SystemCounters Read(Checkpoint checkpoint, SystemParts parts) => new()
    {
        Numbers = parts.Remembered.ToDictionary(number => number.Name, number => Number(checkpoint, number)),
        Iteration = checkpoint.Manifest.Iteration,
        SamplesSeen = Count(checkpoint, Samples),
        Steps = Counted(parts).ToDictionary(step => step.Plan.Counter!, step => Count(checkpoint, step.Plan.Counter!)),
    };

    /// <summary>All of them in a row, for another rank of the same system. Exact: counts stay far below 2^53.</summary>
    public double[] ToNumbers() => [Iteration, SamplesSeen, .. Steps.OrderBy(step => step.Key, StringComparer.Ordinal).Select(step => (double)step.Value), .. Numbers.OrderBy(number => number.Key, StringComparer.Ordinal).Select(number => number.Value)];

    public static SystemCounters OfNumbers(AdversarialSystem system, double[] row)
    {
        var own = Of(system);
        var (steps, numbers) = (own.Steps.Keys.Order(StringComparer.Ordinal).ToList(), own.Numbers.Keys.Order(StringComparer.Ordinal).ToList());
        return new SystemCounters
        {
            Iteration = (long)row[0],
            SamplesSeen = (long)row[1],
            Steps = steps.Select((name, i) => (name, Count: (long)row[2 + i])).ToDictionary(step => step.name, step => step.Count),
            Numbers = numbers.Select((name, i) => (name, Number: row[2 + steps.Count + i])).ToDictionary(number => number.name, number => number.Number),
        };
    }

    public void ApplyTo(AdversarialSystem system)
    {
        (system.Iteration, system.SamplesSeen) = (Iteration, SamplesSeen);
        foreach (var step in system.Steps)
        {
            step.StepsMade = step.Plan.Counter is { } counter ? Steps[counter] : Iteration;
        }

        foreach (var number in system.Parts.Remembered)
        {
            number.Set(Numbers[number.Name]);
        }
    }

    private static IEnumerable<CompiledStep> Counted(SystemParts parts) => parts.Steps.Where(step => step.Plan.Counter is not null);

    private static double Number(Checkpoint checkpoint, RememberedNumber number) =>
        double.TryParse(Value(checkpoint, number.Name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && number.IsPossible(value)
            ? value
            : throw Fault(checkpoint, number.Name);

    private static long Count(Checkpoint checkpoint, string name) =>
        long.TryParse(Value(checkpoint, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && StateRange.IsCount(count) ? count : throw Fault(checkpoint, name);

    private static string? Value(Checkpoint checkpoint, string name) => checkpoint.Manifest.Values.GetValueOrDefault(name);

    private static CheckpointException Fault(Checkpoint checkpoint, string name) => new(
        Path.Combine(checkpoint.DirectoryPath, CheckpointNames.Manifest),
        $"The value '{name}' is {(Value(checkpoint, name) is { } value ? DisplayText.Quote(value) + ", which it cannot be" : "missing")}: this is no checkpoint of a GAN or another system.");
}
