using Microsoft.Extensions.Options;
using static TorchSharp.torch;

namespace DigitService;

/// <summary>Trains beside the service, from the last checkpoint on. A request to stop ends the iteration under way and writes a checkpoint.</summary>
internal sealed class DigitTraining(IOptions<DigitOptions> options, ILoggerFactory loggerFactory, ILogger<DigitTraining> logger) : BackgroundService
{
    private const int BatchSize = 32;

    private readonly DigitOptions _options = options.Value;

    /// <summary>How it ended; null while it goes on, and where this process does not train.</summary>
    public string? Ended { get; private set; }

    /// <summary>Whether it ended by a fault.</summary>
    public bool Failed { get; private set; }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _options.Train
        ? Task.Factory.StartNew(() => Train(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        : Task.CompletedTask;

    private void Train(CancellationToken stopping)
    {
        try
        {
            // One core trains and the others serve.
            set_num_threads(1);
            using var digits = new DigitGan(_options, loggerFactory);
            using var drawn = ImageDataSets.DrawnDigits(_options.Drawn, _options.Seed, stopping);
            using var batches = drawn.ToBatches(BatchSize, withLabels: true, _options.Seed);
            Resume(digits.Gan, batches);
            var result = digits.Gan.Fit(
                batches,
                new FitOptions
                {
                    Iterations = _options.Iterations,
                    Checkpoints = new CheckpointOptions { Directory = _options.Checkpoints, Interval = _options.CheckpointInterval },
                },
                stopping);
            (Ended, Failed) = (result.Message, result.Reason == StopReason.Diverged);
        }
#pragma warning disable CA1031 // The service goes on with the checkpoints that there are, and its health says why there are no more.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            (Ended, Failed) = (fault.Message, true);
            ServiceLog.TrainingFailed(logger, fault);
        }
    }

    private void Resume(Gan gan, TensorBatches batches)
    {
        if (File.Exists(Path.Combine(_options.Checkpoints, "latest")))
        {
            gan.LoadCheckpoint(_options.Checkpoints, fallBack: true, batches);
        }
    }
}
