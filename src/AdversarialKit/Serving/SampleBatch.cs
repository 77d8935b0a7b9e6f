namespace AdversarialKit;

/// <summary>Rows that go through the generator together: of one state of it, and with one psi.</summary>
internal sealed class SampleBatch(IReadOnlyList<SamplePart> parts, BatchSizes sizes)
{
    private readonly SampleRequest _first = parts[0].Request;

    public int Rows { get; } = (int)parts.Sum(part => part.Count);

    /// <summary>Makes the samples and hands them out. Whatever happens is told to those who wait.</summary>
    public void Run()
    {
        try
        {
            using var scope = NewDisposeScope();
            HandOut(Make());
        }
#pragma warning disable CA1031 // The thread serves others too; who waits gets the error.
        catch (Exception error)
#pragma warning restore CA1031
        {
            foreach (var part in parts)
            {
                part.Request.Fail(error);
            }
        }
        finally
        {
            foreach (var part in parts)
            {
                part.Request.Leave();
            }
        }
    }

    private Tensor Make()
    {
        var latents = Filled(parts.Select(part => part.Request.LatentsOf(part)));
        var condition = _first.ConditionOf(parts[0]) is null ? null : Filled(parts.Select(part => part.Request.ConditionOf(part)!));

        // Where requests share batches nothing that is drawn has a say; where they do not, the sequence is the request's own.
        using var random = new Generator(sizes.AreShared ? 0 : _first.NoiseAt(parts[0].Start));
        using var lent = SharedDraws.Lend(random);
        return _first.Generator.Make(latents, condition, _first.Psi);
    }

    private void HandOut(Tensor samples)
    {
        var start = 0L;
        foreach (var part in parts)
        {
            part.Request.Put(part, samples.narrow(0, start, part.Count));
            start += part.Count;
        }
    }

    // A batch of a size that rows do not fill is filled up with its first row again.
    private Tensor Filled(IEnumerable<Tensor> rows)
    {
        var given = rows.ToList();
        var missing = sizes.Fitting(Rows) - Rows;
        if (missing > 0)
        {
            long[] shape = given[0].shape;
            given.Add(given[0].narrow(0, 0, 1).expand([missing, .. shape[1..]]));
        }

        return cat(given);
    }
}
