using System.Globalization;

namespace AdversarialKit;

/// <summary>Says in a sentence how a run ended.</summary>
/// <param name="Total">The iteration that it was to go to; 0 where it was to go on until the batches end.</param>
/// <param name="BatchesPerIteration">One for each discriminator step.</param>
/// <param name="TimeLimit">The time limit, where there is one.</param>
internal sealed record FitEnd(long Total, int BatchesPerIteration, TimeSpan? TimeLimit)
{
    /// <param name="reason">Why it ended; divergence has a message of its own.</param>
    /// <param name="iteration">The last iteration that was completed.</param>
    /// <param name="leftOver">Batches that were drawn last and made no iteration.</param>
    public string Message(StopReason reason, long iteration, int leftOver) => reason switch
    {
        StopReason.Cancelled => $"The token was cancelled; {Made(iteration)}.",
        StopReason.TimeLimit => string.Create(CultureInfo.InvariantCulture, $"The time limit of {TimeLimit:c} had passed; {Made(iteration)}."),
        _ when Total > 0 && iteration >= Total => $"All {Total.ToString(CultureInfo.InvariantCulture)} iterations are made.",
        _ => $"The batches came to their end; {Made(iteration)}." + LeftOver(leftOver),
    };

    private string Made(long iteration)
    {
        var count = iteration.ToString(CultureInfo.InvariantCulture);
        var of = Total > 0 ? " of " + Total.ToString(CultureInfo.InvariantCulture) : "";
        return $"{count}{of} iteration{(Total == 0 && iteration == 1 ? " is" : "s are")} made";
    }

    private string LeftOver(int batches) => batches == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" An iteration takes {BatchesPerIteration} batches, one for each discriminator step, and {batches} {(batches == 1 ? "was" : "were")} left.");
}
