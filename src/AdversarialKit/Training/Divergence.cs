namespace AdversarialKit;

/// <summary>Finds numbers that are not finite among what an iteration measured.</summary>
internal sealed class Divergence(GanParts parts)
{
    private readonly bool _normsAreMeasured = parts.MeasuresNorms || parts.Clipping is not null;

    /// <summary>The first such quantity with its value, in words; null where there is none.</summary>
    public string? Find(StepResult step)
    {
        var (discriminator, generator) = (step.Discriminator, step.Generator);
        (string Quantity, double Value)[] measured =
        [
            ("the discriminator's loss", discriminator.Loss),
            ("the generator's loss", generator.Loss),
            ("the norm of the discriminator's gradient", _normsAreMeasured ? discriminator.GradientNorm : 0),
            ("the norm of the generator's gradient", _normsAreMeasured ? generator.GradientNorm : 0),
        ];
        var found = Array.Find(measured, entry => !double.IsFinite(entry.Value));
        return found.Quantity is null ? null : $"{found.Quantity} is {Text.Number(found.Value)}";
    }
}
