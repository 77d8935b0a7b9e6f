namespace AdversarialKit;

/// <summary>
/// The combined model: latent -> generator -> discriminator. It may move the generator alone; the discriminator it holds
/// through a <see cref="FrozenParameterView"/>.
/// </summary>
/// <remarks>
/// <see cref="Forward"/> gives the freeze by itself, whoever calls it: nothing recorded there reaches a parameter of the
/// discriminator, its gradient or a buffer, however long afterwards <c>backward()</c> is called. A discriminator in
/// training mode uses the statistics of its batch, as it must for the generator's gradient to be the usual one, but its
/// running statistics and spectral-norm vectors stay as the discriminator step left them.
/// </remarks>
public sealed class CombinedModel
{
    private readonly Network _generator;
    private readonly Network _discriminator;
    private readonly FairLock _gate;
    private readonly LatentSource? _latents;

    internal CombinedModel(Network generator, Network discriminator, FairLock? gate = null, LatentSource? latents = null)
    {
        _gate = gate ?? new FairLock();
        _latents = latents;
        _generator = generator;
        _discriminator = discriminator;
        Discriminator = new FrozenParameterView(discriminator, _gate);
        TrainableParameters = [.. generator.Trainable];
    }

    /// <summary>The parameters that a step on this model may move: the generator's, as trainable at <c>Build()</c>.</summary>
    public IReadOnlyList<TorchSharp.Modules.Parameter> TrainableParameters { get; }

    /// <summary>The discriminator, frozen.</summary>
    public FrozenParameterView Discriminator { get; }

    /// <summary>Maps latents to the discriminator's outputs on the generator's samples.</summary>
    /// <param name="latent">Latents <c>[N, ...]</c>; remain the caller's.</param>
    /// <param name="condition">One row per latent, for a conditional GAN; else null.</param>
    /// <returns>
    /// Logits (or what else the discriminator returns), connected to the generator's trainable parameters alone. The
    /// caller disposes it.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="latent"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="latent"/> has not the shape or type of the GAN's latents.</exception>
    public Tensor Forward(Tensor latent, Tensor? condition = null)
    {
        ArgumentNullException.ThrowIfNull(latent);
        _latents?.Check(latent);
        using var held = _gate.Enter();
        using var scope = NewDisposeScope();
        return ForwardThrough(latent, condition, images => images).Output.MoveToOuterDisposeScope();
    }

    /// <summary>The same with something between the two networks, and with the discriminator's auxiliary output; all tensors stay in the scope around the call.</summary>
    internal NetworkOutput ForwardThrough(Tensor latent, Tensor? condition, Func<Tensor, Tensor> between)
    {
        using var recording = _generator.RecordTrainable();
        var images = _generator.Forward(latent, condition).Output;
        return Judge(between(images), condition);
    }

    /// <summary>What the frozen discriminator computes on its way, connected to <paramref name="images"/> alone.</summary>
    internal IReadOnlyList<Tensor> Features(IIntermediateFeatures discriminator, Tensor images, Tensor? condition)
    {
        using var frozen = _discriminator.RecordNothing();
        using var isolated = _discriminator.IsolateBuffers();
        return discriminator.Features(_discriminator.Given(images), condition);
    }

    /// <summary>The frozen discriminator's output, connected to <paramref name="images"/> alone.</summary>
    internal NetworkOutput Judge(Tensor images, Tensor? condition)
    {
        using var frozen = _discriminator.RecordNothing();
        using var isolated = _discriminator.IsolateBuffers();
        return _discriminator.Forward(images, condition);
    }
}
