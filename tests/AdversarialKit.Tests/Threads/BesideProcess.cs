using System.Diagnostics;
using System.Globalization;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Threads;

/// <summary>
/// Trains in a process of its own, this assembly started as a program, while other threads use the GAN: before there was a lock, that
/// could end the process.
/// </summary>
internal static class BesideProcess
{
    /// <summary>The first argument.</summary>
    public const string Name = "beside";

    private const string Saving = "save";
    private const long LastSaved = 300;

    // Past the look of the doctor.
    private const int Iterations = 520;

    private static readonly Dictionary<string, Action<BesideGan, string>> _uses = new()
    {
        ["nothing"] = (_, _) => Thread.Sleep(1),
        ["sample"] = (beside, _) => beside.Gan.Sample(40).Dispose(),
        ["generate"] = Generate,
        ["combined"] = Combine,
        ["look"] = (beside, _) => _ = beside.Gan.Describe() + beside.Gan.Combined.Discriminator.Fingerprint(),
        [Saving] = Save,
    };

    /// <summary>Runs such a process.</summary>
    /// <param name="kind">The GAN; see <see cref="BesideGan"/>.</param>
    /// <param name="use">What other threads do.</param>
    /// <param name="threads">How many.</param>
    /// <param name="folder">For checkpoints.</param>
    /// <returns>What it printed: how the run and the other threads ended, and a digest of what came of it.</returns>
    public static async Task<string> Run(string kind, string use, int threads, string folder)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "AdversarialKit.Tests.dll"), Name, kind, use, $"{threads}", folder];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? printed : $"exit code {process.ExitCode}: {printed} {await errors}";
    }

    public static int Start(string[] args)
    {
        set_num_threads(1);
        var (kind, use, threads, folder) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), args[3]);
        using var beside = new BesideGan(kind);
        var run = beside.Gan.FitAsync(beside.Batches, new FitOptions { Iterations = Iterations });
        var used = Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () => UseUntil(run.Result, () => _uses[use](beside, folder)), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var end = run.Result.ContinueWith(Ended, TaskScheduler.Default).Result;
        Console.Write($"{end}\n{used.ContinueWith(Ended, TaskScheduler.Default).Result}\n{(use == Saving ? DigestOfResumed(kind, folder) : beside.Digest())}");
        return 0;
    }

    private static void UseUntil(Task end, Action use)
    {
        set_num_threads(1);
        do
        {
            use();
        }
        while (!end.IsCompleted);
    }

    private static string Ended(Task task) =>
        task.Exception?.InnerException is { } error ? $"{error.GetType().Name}: {error.Message.Split('\n')[0]}"
        : task is Task<FitResult> run ? $"{run.Result.Reason}"
        : "used";

    private static void Generate(BesideGan beside, string folder)
    {
        using var latents = beside.Gan.DrawLatents(40);
        beside.Gan.Generate(latents, batchSize: 7).Dispose();
    }

    private static void Combine(BesideGan beside, string folder)
    {
        using var latents = beside.Gan.DrawLatents(16);
        using var noGraph = no_grad();
        beside.Gan.Combined.Forward(latents).Dispose();
    }

    private static void Save(BesideGan beside, string folder)
    {
        if (beside.Gan.Iteration < LastSaved)
        {
            beside.Gan.SaveCheckpoint(folder, new CheckpointRetention { KeepLast = 1 }, batches: beside.Batches);
        }

        Thread.Sleep(5);
    }

    // A checkpoint that another thread wrote is that of a finished iteration: it leads to where the run went.
    private static string DigestOfResumed(string kind, string folder)
    {
        using var resumed = new BesideGan(kind);
        resumed.Gan.LoadCheckpoint(folder, batches: resumed.Batches);
        resumed.Gan.Fit(resumed.Batches, new FitOptions { Iterations = Iterations });
        return resumed.Digest();
    }
}
