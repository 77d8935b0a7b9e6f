using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>The checkpoints of one run.</summary>
internal sealed class FitCheckpoints(Gan gan, IBatchSource batches, CheckpointOptions? options, FitFindings findings)
{
    private readonly ILogger _logger = gan.Logger;
    private long _written = gan.Iteration;

    public bool AreDue => options is not null && gan.Iteration % options.Interval == 0;

    /// <summary>Writes the finished iteration, unless that was done.</summary>
    /// <returns>Whether the run may go on: false where the weights are not finite, and then nothing was written.</returns>
    public bool Write()
    {
        if (options is null || _written == gan.Iteration)
        {
            return true;
        }

        if (gan.FindNotFinite() is { } fault)
        {
            findings.Diverge(fault);
            return false;
        }

        try
        {
            gan.SaveCheckpoint(options.Directory, options.Retention, options.Metric?.Invoke(gan), batches);
            _written = gan.Iteration;
        }
        catch (CheckpointException error) when (options.OnFailure == CheckpointFailure.Continue)
        {
            GanLog.CheckpointFailed(_logger, gan.Iteration, error);
        }

        return true;
    }

    /// <summary>Writes beside an exception that ends the run: that one is the news, and a failure here is logged.</summary>
    public void WriteBeside()
    {
        try
        {
            Write();
        }
        catch (CheckpointException error)
        {
            GanLog.CheckpointFailed(_logger, gan.Iteration, error);
        }
    }
}
