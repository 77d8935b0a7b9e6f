namespace AdversarialKit;

/// <summary>
/// What makes samples of an <see cref="AdversarialSystem"/> for reports and evaluations: every network is in inference mode, with its
/// averaged weights where it has some, without a graph. Valid during the call only.
/// </summary>
public sealed class SamplingContext
{
    private readonly Network _first;

    internal SamplingContext(long count, Generator random, Tensor? condition, Network first) =>
        (Count, Random, Condition, _first) = (count, random, condition, first);

    /// <summary>How many samples to make.</summary>
    public long Count { get; }

    /// <summary>What to draw from: never the stream of training.</summary>
    public Generator Random { get; }

    /// <summary>A condition <c>[N, ...]</c> that an evaluation asks for; null where it asks for none. Remains its owner's.</summary>
    public Tensor? Condition { get; }

    /// <summary>Draws one latent for each sample.</summary>
    /// <param name="latent">The distribution.</param>
    /// <returns>Latents <c>[N, ..shape]</c> of the first network's type, on its device.</returns>
    public Tensor Draw(ILatent latent)
    {
        ArgumentNullException.ThrowIfNull(latent);
        return latent.Sample(Count, Random, _first.ElementType, _first.Device);
    }
}
