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
}
