using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>The log messages of <see cref="TorchTuning"/>. Their ids are stable.</summary>
internal static partial class TuningLog
{
    [LoggerMessage(101, LogLevel.Information, "{Setting} (changed: {Changed}): {Explanation}")]
    public static partial void Tried(ILogger logger, TuningSetting setting, bool changed, string explanation);
}
