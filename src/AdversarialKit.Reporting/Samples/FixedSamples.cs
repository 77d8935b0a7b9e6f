namespace AdversarialKit;

/// <summary>
/// Samples from latents that follow from the GAN's seed alone, so that one sees the same ones grow, before a resume and after
/// it. Nothing is drawn from the GAN's streams: watching changes neither weights nor the samples that others draw.
/// </summary>
/// <param name="count">How many; 0 for none. A condition has its own number.</param>
/// <param name="condition">One label per sample; null for the classes in turn.</param>
/// <param name="option">What the condition is called where it is set.</param>
internal sealed class FixedSamples(int count, Tensor? condition, string option)
{
    /// <summary>A cloud of fewer points shows no shape.</summary>
    private const int FewestPoints = 512;

    /// <summary>Why samples could not be shown when it first happened; null where it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Shows the samples as they are now; null if they are neither images nor points of the plane, or cannot be drawn, or none are wanted.</summary>
    /// <exception cref="ArgumentException">The condition does not fit the GAN.</exception>
    public SampleShow? Take(Gan gan)
    {
        try
        {
            return count == 0 ? null : Show(gan);
        }
        catch (ArgumentException error) when (error.ParamName == nameof(condition))
        {
            throw new ArgumentException($"{option} does not fit. {error.Message}", error);
        }
#pragma warning disable CA1031 // Whatever it is: a picture that cannot be drawn is no reason to end a run of hours.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fault ??= $"Samples cannot be shown at iteration {gan.Iteration}: {error.Message.Trim().Split('\n', 2)[0].Trim()}";
            return null;
        }
    }

    private SampleShow? Show(Gan gan)
    {
        using var scope = NewDisposeScope();
        var samples = Generate(gan, condition?.shape[0] ?? count);
        if (SampleGrid.Fits(samples))
        {
            return new SampleShow(gan.Iteration, SampleGrid.Draw(samples), []);
        }

        return samples.dim() == 2 && samples.shape[1] == 2 ? new SampleShow(gan.Iteration, null, Points(gan, samples)) : null;
    }

    private Tensor Generate(Gan gan, long size) => gan.Generate(gan.FixedLatents(size), condition ?? gan.FixedLabels(size));

    private float[] Points(Gan gan, Tensor samples)
    {
        var enough = condition is null && samples.shape[0] < FewestPoints ? Generate(gan, FewestPoints) : samples;
        return enough.cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
