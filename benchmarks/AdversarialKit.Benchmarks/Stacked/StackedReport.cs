using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdversarialKit.Benchmarks;

/// <summary>What <c>stacked</c> measured.</summary>
/// <param name="Machine">When, on what.</param>
/// <param name="Data">The digits.</param>
/// <param name="JudgeAccuracy">The share of single test digits that the judge names rightly.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Real">Stacked test digits under the same judge.</param>
/// <param name="Results">The contenders.</param>
internal sealed record StackedReport(
    string Machine, string Data, double JudgeAccuracy, StackedOptions Options, StackedStation Real, IReadOnlyList<StackedResult> Results)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public void WriteJson(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, _json));

    public void WriteTo(TextWriter output)
    {
        output.WriteLine(Machine);
        output.WriteLine(FormattableString.Invariant($"{Data}; the judge names {100 * JudgeAccuracy:F2} % of single test digits rightly; {Options.Samples:N0} images judged."));
        output.WriteLine("\n| | iterations | modes of 1,000 | class KL | images/s | wall s | processor s |\n|---|---|---|---|---|---|---|");
        output.WriteLine(FormattableString.Invariant($"| real test digits, stacked | - | {Real.Modes:N0} | {Real.Divergence:F4} | - | - | - |"));
        foreach (var result in Results)
        {
            var last = result.Last;
            output.WriteLine(FormattableString.Invariant(
                $"| {result.Title} | {last.Iterations:N0} | {last.Modes:N0} | {last.Divergence:F4} | {last.Iterations * Options.BatchSize / last.Seconds:N0} | {last.Seconds:F0} | {last.ProcessorSeconds:F0} |"));
        }

        output.WriteLine("\n| | iterations | processor s | modes | class KL |\n|---|---|---|---|---|");
        foreach (var (title, station) in Results.SelectMany(result => result.Stations.Select(station => (result.Title, station))))
        {
            output.WriteLine(FormattableString.Invariant(
                $"| {title} | {station.Iterations:N0} | {station.ProcessorSeconds:F0} | {station.Modes:N0} | {station.Divergence:F4} |"));
        }

        foreach (var result in Results)
        {
            foreach (var diagnosis in result.Diagnoses)
            {
                output.WriteLine($"{result.Title}: {diagnosis}");
            }
        }
    }
}
