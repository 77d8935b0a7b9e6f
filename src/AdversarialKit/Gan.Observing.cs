namespace AdversarialKit;

/// <content>What an observer of a run shows: always the same, and without a trace in the run.</content>
public sealed partial class Gan
{
    // The streams of training, of samples, of the doctor's look and of evaluations are the four before.
    internal const ulong ObserversStream = 4;

    /// <summary>
    /// Latents that follow from the seed alone: the same ones at every call, in every run and after every resume. No stream of
    /// random numbers moves, so samples drawn with <c>Sample</c> are the same whether or not somebody looks on.
    /// </summary>
    /// <param name="count">How many, at least 1. Other numbers of them are other latents.</param>
    /// <returns>Latents <c>[count, ...]</c> that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public Tensor FixedLatents(long count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var random = new Generator(unchecked((ulong)Seed + ObserversStream));
        return _parts.Latents.Draw(count, random);
    }

    /// <summary>A label for each of so many samples: the classes in turn, 0 to K - 1 and again.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>Labels <c>[count]</c>, Int64, that the caller disposes; null where the GAN is not conditional.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public Tensor? FixedLabels(long count)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (_parts.BatchCheck.Classes is not { } classes)
        {
            return null;
        }

        var labels = new long[count];
        for (var i = 0L; i < count; i++)
        {
            labels[i] = i % classes;
        }

        return tensor(labels);
    }
}
