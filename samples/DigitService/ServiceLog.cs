namespace DigitService;

internal static partial class ServiceLog
{
    [LoggerMessage(1, LogLevel.Error, "Training ended with a fault; the service goes on with the checkpoints that there are")]
    public static partial void TrainingFailed(ILogger logger, Exception fault);

    [LoggerMessage(2, LogLevel.Information, "Serving the generator of iteration {Iteration}: {Checkpoint}")]
    public static partial void Serving(ILogger logger, long iteration, string? checkpoint);

    [LoggerMessage(3, LogLevel.Warning, "There is nothing to serve yet: {Reason}")]
    public static partial void NothingToServe(ILogger logger, string reason);
}
