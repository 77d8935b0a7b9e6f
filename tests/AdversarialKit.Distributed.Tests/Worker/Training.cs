using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Runs of a small GAN with everything that has a state: dropout, an average, LeCam, past fakes, batch statistics.</summary>
internal static class Training
{
    private const string End = "end";
    private const int RanksDiffer = 40;

    /// <summary>Trains to an iteration, from a checkpoint where there is one, and tells a digest of all that the run has become.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="args">The folder of checkpoints, and the iteration to go to.</param>
    public static void Resume(Collective collective, string[] args)
    {
        using var run = new Run(collective);
        if (Directory.Exists(args[0]) && Directory.EnumerateDirectories(args[0]).Any())
        {
            var info = run.Gan.LoadCheckpoint(args[0], fallBack: true, batches: run.Batches);
            Program.Say(collective, "from", $"{info.Iteration}");
        }

        var result = run.Fit(int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture), args[0]);
        Program.Say(collective, End, $"{result.Reason} {result.Iterations} {run.Digest()}");
    }

    /// <summary>Takes on a checkpoint, writes what came of it, and trains on; the ranks but the first see another folder.</summary>
    /// <param name="collective">The ranks.</param>
    /// <param name="args">The folder of checkpoints, the folder to write to, and the iteration to go to.</param>
    public static void Resize(Collective collective, string[] args)
    {
        using var run = new Run(collective);
        var info = run.Gan.LoadCheckpoint(collective.Rank == 0 ? args[0] : args[0] + ".not-here", batches: run.Batches);
        Program.Say(collective, "from", $"{info.Iteration} {run.Gan.Iteration} {run.Gan.SamplesSeen}");
        foreach (var (_, _, message) in run.Log.Entries.Where(entry => entry.Id == RanksDiffer))
        {
            Program.Say(collective, "log", message);
        }

        run.Gan.SaveCheckpoint(args[1], batches: run.Batches);
        var result = run.Fit(int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture), null);
        Program.Say(collective, End, $"{result.Reason} {result.Iterations} {run.Digest()}");
    }

    /// <summary>Trains with something that one rank has otherwise.</summary>
    public static void Differ(Collective collective, string[] args)
    {
        var own = collective.Rank == 1 ? args[0] : "";
        try
        {
            using var run = new Run(collective, own);
            run.Fit(own == "iterations" ? 3 : 2, null);
        }
        catch (Exception error) when (error is CollectiveException or InvalidGanException)
        {
            Program.Say(collective, "refused", error.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Trains until something happens to it: a rank throws, or is cancelled, or gets no more batches.</summary>
    public static void Break(Collective collective, string[] args)
    {
        using var run = new Run(collective);
        using var source = new CancellationTokenSource();
        var batches = new Broken(run.Batches, collective.Rank == 1 ? args[0] : "", source);
        var result = run.Gan.Fit(batches, new FitOptions { Iterations = 1_000_000, Checkpoints = args.Length > 1 ? new CheckpointOptions { Directory = args[1], Interval = 1_000_000 } : null }, source.Token);
        Program.Say(collective, End, $"{result.Reason} {result.Iterations}");
    }

    /// <summary>Trains for ever and writes checkpoints, to be killed.</summary>
    public static void Endless(Collective collective, string[] args)
    {
        using var run = new Run(collective);
        if (Directory.Exists(args[0]) && Directory.EnumerateDirectories(args[0]).Any())
        {
            run.Gan.LoadCheckpoint(args[0], fallBack: true, batches: run.Batches);
        }

        Program.Say(collective, "process", $"{Environment.ProcessId} from {run.Gan.Iteration}");
        run.Fit(1_000_000, args[0], interval: 5);
    }

    private sealed class Run : IDisposable
    {
        private readonly Sequential _generator;
        private readonly Sequential _discriminator;
        private readonly Tensor _samples;

        public Run(ICollective collective, string differs = "")
        {
            random.manual_seed(1);
            _generator = nn.Sequential(nn.Linear(4, differs == "network" ? 9 : 8), nn.BatchNorm1d(differs == "network" ? 9 : 8), nn.LeakyReLU(0.2), nn.Dropout(0.2), nn.Linear(differs == "network" ? 9 : 8, 6));
            _discriminator = nn.Sequential(nn.Linear(6, 8), nn.LeakyReLU(0.2), nn.Dropout(0.2), nn.Linear(8, 1));
            if (differs != "norm")
            {
                GanLayer.SynchronizeBatchNorm(_generator);
            }

            using var draws = new Generator(2);
            _samples = randn(40, 6, generator: draws);
            Gan = new GanBuilder()
                .WithGenerator(_generator)
                .WithDiscriminator(_discriminator)
                .WithLatent(Latent.Normal(4))
                .WithLoss(differs == "loss" ? AdversarialLoss.Hinge() : AdversarialLoss.NonSaturating())
                .WithOptimizers(Optimizers.Adam(differs == "rate" ? 2e-3 : 1e-3))
                .WithPenalty(Penalty.LeCam(), 0.1)
                .WithFakeHistory(6)
                .WithGeneratorAverage(Ema.Decay(0.9))
                .WithSeed(differs == "seed" ? 4 : 3)
                .WithDevice(differs == "device" ? "cuda" : "cpu")
                .WithLogger(Log)
                .WithCollective(collective)
                .Build();
            Batches = AdversarialKit.Batches.FromTensor(_samples, differs == "batches" ? 2 : 4, new TensorBatchOptions { Collective = collective });
        }

        public CollectingLogger Log { get; } = new(LogLevel.Information);

        public Gan Gan { get; }

        public TensorBatches Batches { get; }

        public FitResult Fit(long iterations, string? folder, int interval = 4) => Gan.Fit(Batches, new FitOptions
        {
            Iterations = iterations,
            Checkpoints = folder is null ? null : new CheckpointOptions { Directory = folder, Interval = interval },
        });

        /// <summary>Of the weights, of this rank's next latents and of its next batch.</summary>
        public string Digest()
        {
            using var scope = NewDisposeScope();
            var state = _generator.state_dict().Concat(_discriminator.state_dict()).Select(entry => entry.Value).Append(Gan.DrawLatents(2)).Append(rand(2)).Append(Batches.NextBatch()!.Value.Real);
            using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
            foreach (var tensor in state)
            {
                hash.AppendData(tensor.detach().contiguous().bytes);
            }

            return Convert.ToHexString(hash.GetHashAndReset());
        }

        public void Dispose()
        {
            Gan.Dispose();
            Log.Dispose();
            Batches.Dispose();
            _samples.Dispose();
            _generator.Dispose();
            _discriminator.Dispose();
        }
    }

    /// <summary>Batches of another source, until it breaks.</summary>
    private sealed class Broken(IBatchSource inner, string how, CancellationTokenSource source) : IBatchSource
    {
        private int _given;

        public Batch? NextBatch()
        {
            if (_given++ < 5)
            {
                return inner.NextBatch();
            }

            switch (how)
            {
                case "throws":
                    throw new IOException("The disk is gone.");
                case "is cancelled":
                    source.Cancel();
                    return inner.NextBatch();
                case "ends":
                    return null;
                case "misfits":
                    return ones(4, 7);
                default:
                    return inner.NextBatch();
            }
        }
    }
}
