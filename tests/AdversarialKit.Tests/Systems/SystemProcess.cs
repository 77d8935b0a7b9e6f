using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>Trains a <see cref="CyclePair"/> in a process of its own: this assembly, started as a program.</summary>
internal static class SystemProcess
{
    /// <summary>The first argument.</summary>
    public const string Name = "system";

    /// <summary>Stands before the digest at the end of what the process prints.</summary>
    public const string End = "end";

    /// <summary>Starts a process that trains, from the root's latest checkpoint if there is one, and prints each iteration's numbers.</summary>
    public static Process Start(string root, long iterations, long interval)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "AdversarialKit.Tests.dll"), Name, root, $"{iterations}", $"{interval}"];
        return Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public static int Run(string[] args)
    {
        set_num_threads(1);
        var (root, iterations, interval) = (args[0], long.Parse(args[1], CultureInfo.InvariantCulture), long.Parse(args[2], CultureInfo.InvariantCulture));
        var resumes = File.Exists(Path.Combine(root, "latest"));

        // Other weights and seeds than the first process: whatever follows from them, and not from the checkpoint, shows.
        using var pair = new CyclePair(resumes ? 1234 : 3, systemSeed: resumes ? 99 : 5);
        var batches = new CycleBatches();
        if (resumes)
        {
            pair.System.LoadCheckpoint(root, batches: batches);
        }

        pair.System.Fit(batches, new FitOptions
        {
            Iterations = iterations,
            Callbacks = [new NumbersLog(Console.Out)],
            Checkpoints = new CheckpointOptions { Directory = root, Interval = interval },
        });
        Console.Out.Write($"{End}\n{pair.Digest()}");
        return 0;
    }

    public static void Train(CyclePair pair, CycleBatches batches, long iterations, params ITrainingCallback[] callbacks) =>
        pair.System.Fit(batches, new FitOptions { Iterations = iterations, Callbacks = callbacks });
}
