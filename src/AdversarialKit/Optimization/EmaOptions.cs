namespace AdversarialKit;

/// <summary>How the generator's weights are averaged; made by <see cref="Ema"/>.</summary>
public sealed record EmaOptions
{
    internal EmaOptions()
    {
    }

    internal double FixedDecay { get; init; }

    internal double? HalfLife { get; init; }

    internal double? RampUp { get; init; }

    /// <summary>One line that names the average and its values.</summary>
    /// <returns>Such as <c>EMA(decay 0.999)</c>.</returns>
    public override string ToString() => HalfLife is not { } images
        ? $"EMA(decay {OptimizerRange.Text(FixedDecay)})"
        : RampUp is { } share
            ? $"EMA(half-life {OptimizerRange.Text(images)} images, ramp-up {OptimizerRange.Text(share)})"
            : $"EMA(half-life {OptimizerRange.Text(images)} images)";

    /// <summary>The decay of an update after <paramref name="seen"/> images and for <paramref name="batchSize"/> more.</summary>
    internal double DecayAt(long seen, long batchSize)
    {
        if (HalfLife is not { } images)
        {
            return FixedDecay;
        }

        var halfLife = RampUp is { } share ? Math.Min(images, seen * share) : images;
        return Math.Pow(0.5, batchSize / Math.Max(halfLife, 1e-8));
    }
}
