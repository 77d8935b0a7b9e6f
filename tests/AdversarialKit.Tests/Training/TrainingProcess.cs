using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>Trains a <see cref="RichGan"/> in a process of its own: this assembly, started as a program.</summary>
internal static class TrainingProcess
{
    /// <summary>Stands before the digest at the end of what the process prints.</summary>
    public const string End = "end";

    /// <summary>Starts a process that trains, from the root's latest checkpoint if there is one, and prints each iteration's losses.</summary>
    public static Process Start(string root, long iterations, Sampling sampling, string optimizer, long interval)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "AdversarialKit.Tests.dll"), root, $"{iterations}", $"{sampling}", optimizer, $"{interval}",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    public static OptimizerFactory Optimizer(string name) => name switch
    {
        "fused" => Optimizers.Adam(2e-3, beta1: 0.5),
        "torch" => parameters => optim.NAdam(parameters, 2e-3),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Known are fused and torch."),
    };

    public static int Run(string[] args)
    {
        set_num_threads(1);
        var (root, iterations, interval) = (args[0], long.Parse(args[1], CultureInfo.InvariantCulture), long.Parse(args[4], CultureInfo.InvariantCulture));
        var resumes = File.Exists(Path.Combine(root, "latest"));

        // Another seed than the first process: whatever follows from it, and not from the checkpoint, shows.
        using var rich = new RichGan(Enum.Parse<Sampling>(args[2]), Optimizer(args[3]), seed: resumes ? 1234 : 7);
        if (resumes)
        {
            rich.Gan.LoadCheckpoint(root, batches: rich.Batches);
        }

        rich.Gan.Fit(rich.Batches, new FitOptions
        {
            Iterations = iterations,
            Callbacks = [new LossLog(Console.Out)],
            Checkpoints = new CheckpointOptions { Directory = root, Interval = interval },
        });
        Console.Out.Write($"{End}\n{rich.Digest()}");
        return 0;
    }
}
