namespace AdversarialKit.Benchmarks;

/// <summary>How one contender fared.</summary>
/// <param name="Loss">Which.</param>
/// <param name="Reason">Why its training ended.</param>
/// <param name="Stations">What was found, in order of time.</param>
/// <param name="Diagnoses">What the training doctor said.</param>
internal sealed record StackedResult(StackedLoss Loss, StopReason Reason, IReadOnlyList<StackedStation> Stations, IReadOnlyList<string> Diagnoses)
{
    public StackedStation Last => Stations[^1];

    public string Title => Loss == StackedLoss.RpGan ? "RpGAN + R1 + R2" : "non-saturating";
}
