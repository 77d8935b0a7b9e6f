using System.CommandLine;
using AdversarialKit;

namespace Tables;

/// <summary>Reads the command line and runs the experiments that it names.</summary>
internal static class Program
{
    internal static readonly Law[] Laws = [Insurance.Law, Sensors.Law, Orders.Law];

    private static int Main(string[] args) => Command(Console.Out, Console.Error).Parse(args).Invoke();

    internal static RootCommand Command(TextWriter output, TextWriter error)
    {
        var table = new Argument<string>("table") { Description = "insurance, sensors or orders (drawn from laws of the program's own), laws for all three, or a CSV file.", DefaultValueFactory = _ => "laws" };
        var target = new Option<string?>("--target") { Description = "The column of a CSV file that models foretell." };
        var without = new Option<string[]>("--without") { Description = "Columns of a CSV file to leave out.", AllowMultipleArgumentsPerToken = true };
        var rows = new Option<int>("--rows") { Description = "Rows that are drawn from a law, and once more as many held out.", DefaultValueFactory = _ => 10_000 };
        var epochs = new Option<int?>("--epochs") { Description = "Epochs of training. [default: 5,000 iterations, at most 300 epochs]" };
        var folder = new Option<string>("--out") { Description = "Folder for reports and rows.", DefaultValueFactory = _ => "tables-out" };
        var seed = new Option<long>("--seed") { Description = "Start of every random sequence.", DefaultValueFactory = _ => 1 };
        var command = new RootCommand("Learns tables, draws synthetic ones, and holds them against held-out rows and two baselines.") { table, target, without, rows, epochs, folder, seed };
        command.SetAction(result => Run(
            result.GetValue(table)!,
            (result.GetValue(target), result.GetValue(without) ?? []),
            new Settings(result.GetValue(rows), result.GetValue(epochs), result.GetValue(folder)!, result.GetValue(seed)),
            output,
            error));
        return command;
    }

    private static int Run(string table, (string? Target, string[] Without) file, Settings settings, TextWriter output, TextWriter error)
    {
        // These networks are too small to share among threads.
        NativeTorch.EnsureLoaded();
        TorchSharp.torch.set_num_threads(1);
        try
        {
            foreach (var task in Tasks(table, file, settings))
            {
                Experiment.Run(task, settings, new TableSynthesizerBuilder(), output);
            }

            output.WriteLine($"Reports, rows and synthesizers are in {settings.Out}.");
            return 0;
        }
        catch (Exception fault) when (fault is TableException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            error.WriteLine(fault.Message);
            return 1;
        }
    }

    private static IEnumerable<TableTask> Tasks(string table, (string? Target, string[] Without) file, Settings settings)
    {
        var laws = Laws.Where(law => table == "laws" || law.Name == table).ToList();
        if (laws.Count > 0)
        {
            return laws.Select(law => TableTask.Of(law, settings.Rows));
        }

        if (file.Target is not { } target)
        {
            throw new ArgumentException($"'{table}' is none of {string.Join(", ", Laws.Select(law => law.Name))}; for a CSV file, name the column to foretell with --target.");
        }

        var real = Table.ReadCsv(table).Without(file.Without);
        return [TableTask.Of(Path.GetFileNameWithoutExtension(table), target, real)];
    }
}
