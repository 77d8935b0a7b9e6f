using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>The log messages of a GAN. Their ids are stable.</summary>
internal static partial class GanLog
{
    [LoggerMessage(1, LogLevel.Information, "Built a GAN:\n{Description}")]
    public static partial void Built(ILogger logger, string description);

    [LoggerMessage(2, LogLevel.Warning, "{Remark}")]
    public static partial void Remark(ILogger logger, string remark);

    [LoggerMessage(3, LogLevel.Trace, "Iteration {Iteration}: discriminator loss {DiscriminatorLoss}, accuracy {Accuracy}, generator loss {GeneratorLoss}")]
    public static partial void Stepped(ILogger logger, long iteration, double discriminatorLoss, double accuracy, double generatorLoss);

    [LoggerMessage(4, LogLevel.Information, "Training starts after iteration {Iteration} and goes to {Total} (0: until the batches end)")]
    public static partial void Started(ILogger logger, long iteration, long total);

    [LoggerMessage(5, LogLevel.Debug, "Iteration {Iteration} of {Total}: discriminator loss {DiscriminatorLoss}, generator loss {GeneratorLoss}, {IterationsPerSecond} iterations/s")]
    public static partial void Progressed(ILogger logger, long iteration, long total, double discriminatorLoss, double generatorLoss, double iterationsPerSecond);

    [LoggerMessage(6, LogLevel.Information, "Wrote the checkpoint of iteration {Iteration}: {Path}")]
    public static partial void CheckpointWritten(ILogger logger, long iteration, string path);

    [LoggerMessage(7, LogLevel.Information, "Loaded the checkpoint of iteration {Iteration}: {Path}")]
    public static partial void CheckpointLoaded(ILogger logger, long iteration, string path);

    [LoggerMessage(8, LogLevel.Error, "The checkpoint of iteration {Iteration} could not be written")]
    public static partial void CheckpointFailed(ILogger logger, long iteration, Exception error);

    [LoggerMessage(9, LogLevel.Warning, "{Kind} at iteration {Iteration}: {Message}")]
    public static partial void Diagnosed(ILogger logger, DiagnosisKind kind, long iteration, string message);

    [LoggerMessage(10, LogLevel.Error, "Training diverged: {Message}")]
    public static partial void Diverged(ILogger logger, string message);

    [LoggerMessage(11, LogLevel.Information, "Training ended at iteration {Iteration} after {Elapsed}: {Reason}")]
    private static partial void Ended(ILogger logger, long iteration, TimeSpan elapsed, StopReason reason);

    [LoggerMessage(12, LogLevel.Warning, "The checkpoint was written with {Saved} threads and this process trains with {Current}: sums are taken in another order, so the last bits may differ from the unbroken run's")]
    public static partial void ThreadsDiffer(ILogger logger, string saved, int current);

    [LoggerMessage(13, LogLevel.Warning, "A newer checkpoint was passed over: {Fault}")]
    public static partial void CheckpointSkipped(ILogger logger, string fault);

    [LoggerMessage(14, LogLevel.Warning, "The checkpoint holds the position of a batch source and LoadCheckpoint was given none: batches start from their beginning, so the run differs from the unbroken one")]
    public static partial void BatchesLeftOut(ILogger logger);

    [LoggerMessage(15, LogLevel.Information, "Evaluated iteration {Iteration} in {Elapsed}: {Figures}")]
    public static partial void Evaluated(ILogger logger, long iteration, TimeSpan elapsed, string figures);

    [LoggerMessage(16, LogLevel.Warning, "Figures of the evaluation are doubtful: {Warning}")]
    public static partial void EvaluationDoubtful(ILogger logger, string warning);

    [LoggerMessage(32, LogLevel.Warning, "The next iteration broke off on its way, and the checkpoint of iteration {Iteration} may hold a part of it: a run that resumes there is not bit for bit the unbroken one")]
    public static partial void CheckpointWithinIteration(ILogger logger, long iteration);

    [LoggerMessage(18, LogLevel.Error, "The metric of iteration {Iteration} could not be measured; its checkpoint has none")]
    public static partial void MetricFailed(ILogger logger, long iteration, Exception error);

    [LoggerMessage(19, LogLevel.Warning, "Training ended early: {Message}")]
    private static partial void EndedEarly(ILogger logger, string message);

    /// <summary>The end of a run, with a warning where the batches ended before it.</summary>
    public static void Ended(ILogger logger, FitResult result, long total)
    {
        Ended(logger, result.Iterations, result.Elapsed, result.Reason);
        if (result.Reason == StopReason.Completed && result.Iterations < total)
        {
            EndedEarly(logger, result.Message!);
        }
    }
}
