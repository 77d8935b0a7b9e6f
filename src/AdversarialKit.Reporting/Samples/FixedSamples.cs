namespace AdversarialKit;

/// <summary>
/// Samples from latents drawn once, so that one sees the same ones grow. The latents come from the GAN's stream of
/// samples, which is not that of training: watching changes no weight.
/// </summary>
internal sealed class FixedSamples(int count, Tensor? condition) : IDisposable
{
    /// <summary>A cloud of fewer points shows no shape.</summary>
    private const int FewestPoints = 512;

    private Tensor? _latents;

    /// <summary>Shows the samples as they are now; null if they are neither images nor points of the plane, or none are wanted.</summary>
    public SampleShow? Take(Gan gan)
    {
        if (count == 0)
        {
            return null;
        }

        using var scope = NewDisposeScope();
        _latents ??= gan.DrawLatents(condition?.shape[0] ?? count).DetachFromDisposeScope();
        var samples = gan.Generate(_latents, condition);
        if (SampleGrid.Fits(samples))
        {
            return new SampleShow(gan.Iteration, SampleGrid.Draw(samples), []);
        }

        return samples.dim() == 2 && samples.shape[1] == 2 ? new SampleShow(gan.Iteration, null, Points(gan, samples)) : null;
    }

    public void Dispose()
    {
        _latents?.Dispose();
        _latents = null;
    }

    private float[] Points(Gan gan, Tensor samples)
    {
        if (condition is null && samples.shape[0] < FewestPoints)
        {
            using var more = gan.DrawLatents(FewestPoints - samples.shape[0]);
            using var few = _latents!;
            _latents = cat([few, more]).DetachFromDisposeScope();
            samples = gan.Generate(_latents);
        }

        return samples.cpu().to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
