namespace AdversarialKit;

/// <content>Samples, without a trace in the training.</content>
public sealed partial class AdversarialSystem
{
    /// <summary>Makes samples as <see cref="AdversarialSystemBuilder.WithSampler"/> says, from the stream of samples, which is not that of training.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>Samples <c>[count, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The system was given no sampler.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public Tensor Sample(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var held = _gate.Enter();
        return MakeSamples(count, null, _parts.SamplingRandom);
    }

    /// <summary>The same under a condition, which the sampler finds as <see cref="SamplingContext.Condition"/>.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="condition">Their condition <c>[count, ...]</c>; remains the caller's.</param>
    /// <returns>Samples <c>[count, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="condition"/> is not of <paramref name="count"/> rows.</exception>
    /// <exception cref="InvalidOperationException">The system was given no sampler.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public Tensor Sample(long count, Tensor condition)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentNullException.ThrowIfNull(condition);
        if (condition.dim() < 1 || condition.size(0) != count)
        {
            throw new ArgumentException($"{count} samples were asked for under a condition of shape {Text.Shape(condition)}; it must have a row for each of them.", nameof(condition));
        }

        using var held = _gate.Enter();
        return MakeSamples(count, condition, _parts.SamplingRandom);
    }

    /// <summary>
    /// Runs networks for looking at what they do: in inference mode, with averaged weights where a network has some, without a graph and
    /// without a trace in buffers, modes or torch's shared randomness.
    /// </summary>
    /// <param name="pass">Calls the modules themselves; its result outlives the call.</param>
    /// <returns>What <paramref name="pass"/> returned; the caller disposes it.</returns>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    /// <remarks>
    /// What a network draws from the generator that torch shares among all follows from the seed and from where the stream of samples
    /// stands; torch's own stays where it was.
    /// </remarks>
    public Tensor Infer(Func<Tensor> pass) => Infer(pass, _parts.SamplingRandom);

    private Tensor Infer(Func<Tensor> pass, Generator random)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return Look(
            () =>
            {
                var made = pass();
                return (made.requires_grad ? made.detach() : made).MoveToOuterDisposeScope();
            },
            random);
    }

    /// <summary>Does something else with networks as they are for looking: exports them, or keeps their averaged weights.</summary>
    /// <param name="look">Is called with all networks in inference mode, with averaged weights where a network has some; must not change them.</param>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public void Infer(Action look)
    {
        ArgumentNullException.ThrowIfNull(look);
        Look(
            () =>
            {
                look();
                return true;
            },
            _parts.SamplingRandom);
    }

    private T Look<T>(Func<T> pass, Generator random)
    {
        using var held = _gate.Enter();
        ThrowIfDisposed();
        using var scope = NewDisposeScope();
        using var looking = new Inference(_parts, random);
        return pass();
    }

    /// <summary>Whether the system knows how to make samples: a GAN does, another one where <see cref="AdversarialSystemBuilder.WithSampler"/> was called.</summary>
    public bool CanSample => Gan is not null || _parts.Sampler is not null;

    /// <summary>
    /// What observers show: samples whose latents follow from the seed alone, the same ones at every call, in every run and after every
    /// resume. No stream of random numbers moves.
    /// </summary>
    /// <param name="count">How many, at least 1. Other numbers of them have other latents.</param>
    /// <param name="condition">A condition <c>[count, ...]</c>; null for a GAN's classes in turn, or none. Remains the caller's.</param>
    /// <returns>Samples <c>[count, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The condition does not fit.</exception>
    /// <exception cref="InvalidOperationException">The system was given no sampler.</exception>
    /// <exception cref="ObjectDisposedException">The system was disposed.</exception>
    public Tensor FixedSamples(long count, Tensor? condition = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var random = new Generator(unchecked((ulong)Seed + AdversarialKit.Gan.ObserversStream));
        return MakeSamples(count, condition ?? Gan?.FixedLabels(count), random);
    }

    /// <summary>Makes samples with randomness of one's own, for observers and evaluations.</summary>
    internal Tensor MakeSamples(long count, Tensor? condition, Generator random)
    {
        using var held = _gate.Enter();
        if (Gan is { } gan)
        {
            using var latents = gan.Parts.Latents.Draw(count, random);
            return gan.Generate(latents, condition, random);
        }

        var sampler = _parts.Sampler ?? throw new InvalidOperationException(
            "This system does not know how to make samples. Call WithSampler(context => ...) on its builder.");
        return Infer(() => sampler(new SamplingContext(count, random, condition, _parts.Networks[0])), random);
    }
}
