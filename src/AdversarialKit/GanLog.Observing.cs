using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <content>Callbacks that fail; several ranks.</content>
internal static partial class GanLog
{
    [LoggerMessage(20, LogLevel.Warning, "{Callback} failed at iteration {Iteration}; the run goes on and calls it again when due. This is said once")]
    public static partial void ObserverFailed(ILogger logger, string callback, long iteration, Exception error);

    [LoggerMessage(21, LogLevel.Error, "{Callback} failed at the end of the run, at iteration {Iteration}; the result is not touched by it")]
    public static partial void EndFailed(ILogger logger, string callback, long iteration, Exception error);

    [LoggerMessage(40, LogLevel.Warning, "The checkpoint is of {Written} ranks and this run has {Ranks}: weights, averages, optimizers and counters are those of the checkpoint; the data begin a new epoch, and every rank but the first draws from a new sequence")]
    public static partial void RanksDiffer(ILogger logger, int written, int ranks);

    [LoggerMessage(41, LogLevel.Information, "{Ranks} ranks train together: {Processes}")]
    public static partial void TrainsTogether(ILogger logger, int ranks, string processes);
}
