using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <content>Callbacks that fail.</content>
internal static partial class GanLog
{
    [LoggerMessage(20, LogLevel.Warning, "{Callback} failed at iteration {Iteration}; the run goes on and calls it again when due. This is said once")]
    public static partial void ObserverFailed(ILogger logger, string callback, long iteration, Exception error);

    [LoggerMessage(21, LogLevel.Error, "{Callback} failed at the end of the run, at iteration {Iteration}; the result is not touched by it")]
    public static partial void EndFailed(ILogger logger, string callback, long iteration, Exception error);
}
