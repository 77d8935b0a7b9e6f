using System.Diagnostics;
using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
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

    /// <summary>Past the look of the doctor.</summary>
    public const int Iterations = 520;

    private static readonly Dictionary<string, Action<Gan, string>> _uses = new()
    {
        ["nothing"] = (_, _) => Thread.Sleep(1),
        ["sample"] = (gan, _) => gan.Sample(40).Dispose(),
        ["generate"] = Generate,
        ["combined"] = Combine,
        ["look"] = (gan, _) => _ = gan.Describe() + gan.Combined.Discriminator.Fingerprint(),
        ["save"] = Save,
    };

    public static IEnumerable<string> Uses => _uses.Keys;

    /// <summary>Runs such a process and returns what it printed: how the run ended and a digest of what came of it.</summary>
    public static async Task<string> Run(string network, string use, int threads, string folder)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "AdversarialKit.Tests.dll"), Name, network, use, $"{threads}", folder];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? printed : $"exit code {process.ExitCode}: {printed} {await errors}";
    }

    public static int Start(string[] args)
    {
        set_num_threads(1);
        var (network, use, threads, folder) = (args[0], _uses[args[1]], int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture), args[3]);
        Console.Write(Train(network, use, threads, folder));
        return 0;
    }

    private static string Train(string network, Action<Gan, string> use, int threads, string folder)
    {
        manual_seed(3);
        using var discriminator = nn.Sequential(
            nn.Linear(6, 32), nn.BatchNorm1d(32), nn.LeakyReLU(0.2), nn.Dropout(network == "plain" ? 0 : 0.2), nn.Linear(32, 1));
        using var generator = Generator(network);
        using var gan = Builder(network, generator, discriminator).Build();
        using var real = Toy.Real(64);
        using var batches = Batches.FromTensor(real, 16, new TensorBatchOptions { Seed = 5 });
        var run = gan.FitAsync(batches, new FitOptions { Iterations = Iterations });
        var used = Task.WhenAll(Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            () => UseUntil(run.Result, () => use(gan, folder)), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var end = run.Result.ContinueWith(Ended, TaskScheduler.Default).Result;
        var uses = used.ContinueWith(Ended, TaskScheduler.Default).Result;
        using var drawn = rand(3);
        return $"{end}\n{uses}\n{string.Join('\n', Snapshot.Of(generator).Parameters, Snapshot.Of(generator).Buffers, Snapshot.Of(generator).Modes)}\n" +
            $"{string.Join('\n', Snapshot.Of(discriminator).Parameters, Snapshot.Of(discriminator).Buffers)}\n{Snapshot.Digest([("torch", drawn)])}";
    }

    // "plain" has nothing that a forward pass in training mode draws or moves: what one does with the combined model by hand is one.
    private static Sequential Generator(string network) => network == "plain" ? nn.Sequential(nn.Linear(4, 32), nn.LeakyReLU(0.2), nn.Linear(32, 6)) : nn.Sequential(
        ("hidden", nn.Linear(4, 32)), ("norm", nn.BatchNorm1d(32)), ("relu", nn.LeakyReLU(0.2)), ("drop", nn.Dropout(0.2)),
        ("out", network == "noise" ? new FunctionModule(32, 6, (linear, x) => linear.call(x) + randn(x.shape[0], 6)) : nn.Linear(32, 6)));

    private static GanBuilder Builder(string network, Sequential generator, Sequential discriminator)
    {
        var builder = Toy.Builder(generator, discriminator).WithOptimizers(Optimizers.Adam(1e-3));
        return network == "average" ? builder.WithGeneratorAverage(Ema.Decay(0.9)) : builder;
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

    private static void Generate(Gan gan, string folder)
    {
        using var latents = gan.DrawLatents(40);
        gan.Generate(latents, batchSize: 7).Dispose();
    }

    // Each waits for the disk; between them the run goes on.
    private static void Save(Gan gan, string folder)
    {
        gan.SaveCheckpoint(folder, new CheckpointRetention { KeepLast = 1 });
        Thread.Sleep(20);
    }

    private static void Combine(Gan gan, string folder)
    {
        using var latents = gan.DrawLatents(16);
        using var noGraph = no_grad();
        gan.Combined.Forward(latents).Dispose();
    }
}
