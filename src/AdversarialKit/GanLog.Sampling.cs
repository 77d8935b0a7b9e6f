using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <content>Samplers.</content>
internal static partial class GanLog
{
    [LoggerMessage(40, LogLevel.Information, "The sampler serves the generator of iteration {Iteration} now: {Checkpoint}")]
    public static partial void Reloaded(ILogger logger, long iteration, string? checkpoint);

    [LoggerMessage(41, LogLevel.Warning, "Newer weights could not be taken; the sampler goes on with the generator of iteration {Iteration} and tries again. The same fault is said once")]
    public static partial void NotReloaded(ILogger logger, long iteration, Exception error);
}
