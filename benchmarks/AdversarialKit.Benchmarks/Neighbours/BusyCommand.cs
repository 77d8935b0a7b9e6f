using System.Text.Json;

namespace AdversarialKit.Benchmarks;

/// <summary>Compares beside busy neighbours, prints Markdown, and writes busy.json.</summary>
internal static class BusyCommand
{
    private static readonly JsonSerializerOptions _indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static int Run(CompareOptions options)
    {
        using var neighbours = new BusyNeighbours();
        var machine = Machine.Describe();
        Console.WriteLine($"{machine}; busy: {neighbours.Count} processes of one busy thread each");
        var comparison = new BusyComparison(options, neighbours);
        var results = new Dictionary<string, List<BusyResult>>();
        foreach (var workload in options.Workloads)
        {
            results[workload.Name] = comparison.Run(workload);
            foreach (var line in Lines(workload, results[workload.Name]))
            {
                Console.WriteLine(line);
            }
        }

        Directory.CreateDirectory(options.OutputFolder);
        var path = Path.Combine(options.OutputFolder, "busy.json");
        File.WriteAllText(path, JsonSerializer.Serialize(new { machine, results }, _indented));
        Console.WriteLine($"Written: {path}");
        return 0;
    }

    private static IEnumerable<string> Lines(Workload workload, List<BusyResult> results)
    {
        yield return $"\n{workload.Name}";
        yield return "| | idle ms | busy ms | busy / idle | idle / idle of threads that spin | busy / busy of threads that spin |";
        yield return "|---|---|---|---|---|---|";
        foreach (var row in results)
        {
            yield return FormattableString.Invariant(
                $"| {Title(row.Name)} | {row.IdleMilliseconds:0.00} | {row.BusyMilliseconds:0.00} | {row.BusyByIdle:0.00} | {row.IdleBySpinning:0.00} | {row.BusyBySpinning:0.00} |");
        }

        yield return "";
        foreach (var row in results)
        {
            yield return $"{Title(row.Name)}: {row.Description.ReplaceLineEndings(" ")}";
        }
    }

    private static string Title(string name) => name.EndsWith("turns", StringComparison.Ordinal) ? $"waiting threads make {name}" : Contender.Title(name);
}
