namespace AdversarialKit;

/// <summary>Outputs of the discriminator that do not go with the loss, as far as its layers tell.</summary>
internal static class OutputFaults
{
    // A sigmoid before a loss on logits trains without an error and badly. The reverse shows in the dry run.
    public static IEnumerable<string> Find(GanConfiguration c)
    {
        if (c is { Objective.TakesProbabilities: false, Discriminator: { } discriminator }
            && ValueRange.BoundOf(discriminator.Module) == new ValueRange(0, 1))
        {
            yield return $"The discriminator ends in a sigmoid, but the loss {c.Objective} takes logits. Remove the sigmoid, or " +
                "call WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities()).";
        }
    }
}
