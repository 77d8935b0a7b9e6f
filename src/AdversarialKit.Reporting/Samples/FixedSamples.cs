namespace AdversarialKit;

/// <summary>
/// Samples from latents that follow from the seed alone, so that one sees the same ones grow, before a resume and after it. Nothing is
/// drawn from the streams of the run: watching changes neither weights nor the samples that others draw.
/// </summary>
/// <param name="count">How many; 0 for none. A condition has its own number.</param>
/// <param name="condition">One label per sample; null for the classes in turn.</param>
/// <param name="option">What the condition is called where it is set.</param>
/// <param name="images">Makes what is shown instead; null for samples.</param>
/// <param name="rows">Rows of images; 0 for about a square.</param>
internal sealed class FixedSamples(int count, Tensor? condition, string option, Func<Tensor>? images = null, int rows = 0)
{
    /// <summary>A cloud of fewer points shows no shape.</summary>
    private const int FewestPoints = 512;

    /// <summary>Why samples could not be shown when it first happened; null where it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether samples are shown, and not images that the caller makes.</summary>
    public bool AreSamples => images is null;

    /// <summary>Shows the samples as they are now; null if they are neither images nor points of the plane, or cannot be drawn, or none are wanted, or the system was told no way to make any.</summary>
    /// <exception cref="ArgumentException">The condition does not fit the GAN.</exception>
    public SampleShow? Take(AdversarialSystem system)
    {
        try
        {
            return count == 0 || (images is null && !system.CanSample) ? null : Show(system);
        }
        catch (ArgumentException error) when (condition is not null && error.ParamName == nameof(condition))
        {
            throw new ArgumentException($"{option} does not fit. {error.Message}", error);
        }
#pragma warning disable CA1031 // Whatever it is: a picture that cannot be drawn is no reason to end a run of hours.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fault ??= $"Samples cannot be shown at iteration {system.Iteration}: {error.Message.Trim().Split('\n', 2)[0].Trim()}";
            return null;
        }
    }

    private SampleShow? Show(AdversarialSystem system)
    {
        using var scope = NewDisposeScope();
        var samples = images is null ? system.FixedSamples(condition?.shape[0] ?? count, condition) : system.Infer(images);
        if (SampleGrid.Fits(samples))
        {
            return new SampleShow(system.Iteration, SampleGrid.Draw(samples, rows), []);
        }

        return samples.dim() == 2 && samples.shape[1] == 2 ? new SampleShow(system.Iteration, null, Points(system, samples)) : null;
    }

    private float[] Points(AdversarialSystem system, Tensor samples)
    {
        var enough = condition is null && images is null && samples.shape[0] < FewestPoints ? system.FixedSamples(FewestPoints, null) : samples;
        return enough.cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
