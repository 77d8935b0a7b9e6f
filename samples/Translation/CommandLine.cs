using System.CommandLine;
using AdversarialKit;

namespace Translation;

/// <summary>A command for each job, and one that translates pictures.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        var root = new RootCommand("Three jobs that turn pictures into pictures, each trained in minutes.");
        foreach (var job in Job.All)
        {
            root.Subcommands.Add(Train(job));
        }

        root.Subcommands.Add(Translate());
        try
        {
            return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException or CheckpointException or ImageFileException or OnnxExportException or ArgumentException)
        {
            Console.Error.WriteLine($"Error: {error.Message.ReplaceLineEndings(" ")}");
            return 2;
        }
    }

    private static Command Train(Job job)
    {
        var data = new Option<string?>("--data")
        {
            Description = "Folder with MNIST's files, gzipped or not. Without it: the one that MNIST_DIR names; without both: drawn digits.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MNIST_DIR"),
        };
        var iterations = new Option<long>("--iterations") { Description = "Training steps.", DefaultValueFactory = _ => job.Iterations };
        var folder = new Option<string>("--out") { Description = "Folder for what is made.", DefaultValueFactory = _ => Path.Combine("runs", job.Name) };
        var seed = new Option<long>("--seed") { Description = "Start of every random sequence.", DefaultValueFactory = _ => 42 };
        var threads = new Option<int?>("--threads") { Description = "Threads that torch may use. Without it: what is fastest." };
        var resume = new Option<bool>("--resume") { Description = "Go on from the last checkpoint of --out." };
        var command = new Command(job.Name, job.Summary) { data, iterations, folder, seed, threads, resume };
        command.SetAction(result =>
        {
            var options = new Options
            {
                Job = job,
                Data = result.GetValue(data),
                Iterations = result.GetValue(iterations),
                Out = result.GetValue(folder)!,
                Seed = result.GetValue(seed),
                Threads = result.GetValue(threads),
                Resume = result.GetValue(resume),
            };
            return StopSignal.Heed(Console.Error, stop => Training.Run(options, stop));
        });
        return command;
    }

    private static Command Translate()
    {
        var source = new Argument<string>("picture") { Description = "A picture, or a folder of pictures." };
        var folder = new Option<string>("--from") { Description = "Folder that a training left.", Required = true };
        var target = new Option<string>("--out") { Description = "Folder for the translations.", DefaultValueFactory = _ => "translated" };
        var command = new Command("translate", "Translate pictures of your own with what was trained.") { source, folder, target };
        command.SetAction(result => OwnPictures.Translate(result.GetValue(source)!, result.GetValue(folder)!, result.GetValue(target)!));
        return command;
    }
}
