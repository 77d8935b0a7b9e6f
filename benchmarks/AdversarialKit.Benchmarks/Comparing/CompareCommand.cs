using System.Text.Json;

namespace AdversarialKit.Benchmarks;

/// <summary>Compares, prints, and writes comparison.json and comparison.svg.</summary>
internal static class CompareCommand
{
    private static readonly JsonSerializerOptions _indented = new(JsonSerializerOptions.Web) { WriteIndented = true };

    public static int Run(CompareOptions options)
    {
        if (options.Busy)
        {
            return BusyCommand.Run(options);
        }

        var python = PythonWithTorch.Find(options.Python);
        var machine = Machine.Describe();
        Console.WriteLine(machine);
        Console.WriteLine(python is null
            ? "No python3 with torch was found, so eager PyTorch is left out; --python names one."
            : $"Eager PyTorch runs in {python}.");
        var comparison = new Comparison(options, python);
        var results = new List<WorkloadResult>();
        foreach (var workload in options.Workloads)
        {
            var result = comparison.Run(workload);
            results.Add(result);
            foreach (var line in ComparisonTable.Lines(result))
            {
                Console.WriteLine(line);
            }
        }

        foreach (var description in results.SelectMany(result => result.Contenders).Select(row => $"{Contender.Title(row.Name)}: {row.Description}").Distinct())
        {
            Console.WriteLine(description);
        }

        Write(options.OutputFolder, machine, results);
        return 0;
    }

    private static void Write(string folder, string machine, List<WorkloadResult> results)
    {
        Directory.CreateDirectory(folder);
        var json = Path.Combine(folder, "comparison.json");
        var chart = Path.Combine(folder, "comparison.svg");
        File.WriteAllText(json, JsonSerializer.Serialize(new { machine, results }, _indented));
        File.WriteAllText(chart, ComparisonChart.Draw(results));
        Console.WriteLine($"Written: {json}, {chart}");
    }
}
