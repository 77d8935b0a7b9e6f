namespace AdversarialKit;

/// <summary>Finds what does not go with the chosen loss.</summary>
internal static class LossFaults
{
    public static IEnumerable<string> Find(GanConfiguration c)
    {
        if (c.Objective is { NamesClasses: true } && c.Classes is null)
        {
            yield return $"The loss {c.Objective} judges outputs together with labels, but the number of classes is unknown. Call WithClassLabels(classes).";
        }

        if (c.Objective is { HasThreshold: false } && c.Augmentation is AdaptiveAugmentation)
        {
            yield return $"The loss {c.Objective} takes energies, which do not say by their sign what the discriminator takes for real, but adaptive " +
                "augmentation goes by that. Call WithAugmentation(Augmentation.DiffAugment()).";
        }
    }
}
