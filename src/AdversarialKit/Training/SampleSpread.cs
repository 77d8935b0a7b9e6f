namespace AdversarialKit;

/// <summary>How far a generator's samples differ from each other, measured against real ones.</summary>
internal static class SampleSpread
{
    private const int Count = 64;

    /// <summary>
    /// The root mean square deviation from the mean sample, in parts of that of the real batch (NaN where that is 0), and both ranges.
    /// </summary>
    /// <remarks>
    /// Draws from a random sequence of its own and with the live weights in inference mode: looking changes nothing, and an
    /// average that has only begun does not pass for a collapse.
    /// </remarks>
    public static BatchLook Measure(GanParts parts, Batch batch)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        using var random = new Generator(unchecked((ulong)parts.Seed + 2));
        using var buffers = parts.Generator.IsolateBuffers();
        using var mode = parts.Generator.InMode(training: false);
        var count = Math.Min(Count, batch.Real.size(0));
        if (count < 2)
        {
            return BatchLook.None;
        }

        var condition = batch.Condition?.narrow(0, 0, count).to(parts.Generator.Device);
        var latents = parts.Latents.Draw(count, random);
        using var noise = SharedNoise.Of(parts.Seed, latents);
        var samples = parts.Generator.ForwardInFull(latents, condition).Output;
        var ((realLeast, realMost), (least, most)) = (ValueRange.Measure(batch.Real), ValueRange.Measure(samples));
        var measured = Scalars.Read(Scalars.Stack(Variance(samples), Variance(batch.Real), realLeast, realMost, least, most));
        var spread = measured[1] > 0 ? Math.Sqrt(measured[0] / measured[1]) : double.NaN;
        return new BatchLook(null, spread, new ValueRange(measured[2], measured[3]), new ValueRange(measured[4], measured[5]));
    }

    private static Tensor Variance(Tensor samples)
    {
        var numbers = samples.to(ScalarType.Float32);
        return (numbers - numbers.mean([0], keepdim: true)).square().mean();
    }
}
