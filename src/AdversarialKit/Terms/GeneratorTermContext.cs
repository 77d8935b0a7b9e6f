namespace AdversarialKit;

/// <summary>What a generator step offers to a term of its loss: its batches, its fakes, the frozen discriminator and randomness.</summary>
/// <remarks>
/// Row i belongs together everywhere. Tensors of the properties belong to the step; what methods return lives until its end. Can be
/// constructed to test a term of one's own without a GAN.
/// </remarks>
public sealed class GeneratorTermContext
{
    private readonly Func<Tensor, Tensor> _generator;
    private readonly Func<Tensor, Tensor> _discriminator;

    /// <summary>A context of one's own, for tests of a term.</summary>
    /// <param name="generator">Maps latents to samples.</param>
    /// <param name="discriminator">Maps samples to logits; the term takes it for frozen.</param>
    /// <param name="random">What the term draws from; remains the caller's.</param>
    public GeneratorTermContext(Func<Tensor, Tensor> generator, Func<Tensor, Tensor> discriminator, Generator random)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(random);
        (_generator, _discriminator, Random) = (generator, discriminator, random);
    }

    /// <summary>The latents <c>[N, ...]</c> of the fakes.</summary>
    public required Tensor Latents { get; init; }

    /// <summary>The condition of the fakes; null for an unconditional GAN.</summary>
    public Tensor? Condition { get; init; }

    /// <summary>The real batch <c>[N, ...]</c>.</summary>
    public required Tensor Real { get; init; }

    /// <summary>The fakes <c>[N, ...]</c> with their graph to the generator, before augmentation.</summary>
    public required Tensor Fakes { get; init; }

    /// <summary>The frozen discriminator's outputs on the fakes, as the loss sees them.</summary>
    public required Tensor Logits { get; init; }

    /// <summary>The GAN's own generator of randomness, on the CPU.</summary>
    public Generator Random { get; }

    internal Func<Tensor, Tensor?, IReadOnlyList<Tensor>>? FeatureSource { get; init; }

    /// <summary>The condition of <see cref="Real"/>, which is not the fakes' where labels are drawn for these.</summary>
    internal Tensor? RealCondition { get; init; }

    internal IStyleGenerator? Styles { get; init; }

    internal Func<long, Tensor>? LatentSource { get; init; }

    /// <summary>The generator on any latents, with its graph, under the condition of the fakes.</summary>
    /// <param name="latents">Latents <c>[N, ...]</c>.</param>
    /// <returns>Samples <c>[N, ...]</c>.</returns>
    public Tensor Generate(Tensor latents) => _generator(latents);

    /// <summary>Draws latents from the GAN's distribution.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Latents <c>[count, ...]</c>.</returns>
    /// <exception cref="InvalidOperationException">The context was constructed without a GAN.</exception>
    public Tensor DrawLatents(long count) => LatentSource?.Invoke(count)
        ?? throw new InvalidOperationException("This context was constructed without a GAN and has no distribution of latents.");

    /// <summary>The frozen discriminator on any samples: gradients pass through it to the samples, and nothing of it moves.</summary>
    /// <param name="samples">Samples <c>[N, ...]</c>.</param>
    /// <returns>Logits.</returns>
    public Tensor Discriminate(Tensor samples) => _discriminator(samples);

    /// <summary>What the frozen discriminator computes on its way to the logits.</summary>
    /// <param name="samples">Samples <c>[N, ...]</c>.</param>
    /// <returns>Tensors <c>[N, ...]</c>, from early to late layers.</returns>
    /// <exception cref="InvalidOperationException">The discriminator does not implement <see cref="IIntermediateFeatures"/>.</exception>
    public IReadOnlyList<Tensor> Features(Tensor samples) => Features(samples, Condition);

    /// <summary>The same for <see cref="Real"/>, under its own condition.</summary>
    internal IReadOnlyList<Tensor> FeaturesOfReal() => Features(Real, RealCondition);

    private IReadOnlyList<Tensor> Features(Tensor samples, Tensor? condition) => FeatureSource?.Invoke(samples, condition) ?? throw new InvalidOperationException(
        $"The discriminator shows no intermediate features. Let its module implement {nameof(IIntermediateFeatures)}.");

    /// <summary>Draws from the uniform distribution on [0, 1) with the GAN's own generator of randomness.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <returns>A tensor of the type and on the device of <see cref="Fakes"/>.</returns>
    public Tensor RandomUniform(params long[] shape) => RandomTensors.Uniform(shape, Random, Fakes.dtype, Fakes.device);

    /// <summary>Draws from the standard normal distribution with the GAN's own generator of randomness.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <returns>A tensor of the type and on the device of <see cref="Fakes"/>.</returns>
    public Tensor RandomNormal(params long[] shape) => RandomTensors.Normal(shape, Random, Fakes.dtype, Fakes.device);
}
