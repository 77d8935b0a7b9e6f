using Microsoft.Extensions.Options;

namespace DigitService;

/// <summary>The sampler, once there is a checkpoint; from then on it takes each newer one by itself.</summary>
internal sealed class DigitSampler(IOptions<DigitOptions> options, ILoggerFactory loggerFactory, ILogger<DigitSampler> logger) : BackgroundService
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(250);

    private volatile GanSampler? _sampler;
    private volatile string _reason = "the first checkpoint is not written yet.";

    /// <summary>The sampler; null where there is no checkpoint yet.</summary>
    public GanSampler? Current => _sampler;

    /// <summary>Why there is none.</summary>
    public string Reason => _reason;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The first request is to find what there is already.
        TryOpen();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        _sampler?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_patience);
        while (!TryOpen() && await timer.WaitForNextTickAsync(stoppingToken))
        {
        }
    }

    private bool TryOpen()
    {
        var directory = options.Value.Checkpoints;
        if (_sampler is not null || !File.Exists(Path.Combine(directory, "latest")))
        {
            return _sampler is not null;
        }

        try
        {
            _sampler = GanSampler.FromCheckpoint(
                directory,
                () => new DigitGenerator(),
                DigitGenerator.Latent,
                DigitGenerator.Classes,
                new GanSamplerOptions { ReloadInterval = _patience, LoggerFactory = loggerFactory });
            ServiceLog.Serving(logger, _sampler.Iteration, _sampler.Checkpoint);
            return true;
        }
        catch (Exception fault) when (fault is CheckpointException or InvalidOperationException)
        {
            if (_reason != fault.Message)
            {
                _reason = fault.Message;
                ServiceLog.NothingToServe(logger, _reason);
            }

            return false;
        }
    }
}
