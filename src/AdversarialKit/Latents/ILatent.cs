namespace AdversarialKit;

/// <summary>The distribution that the generator's input is drawn from.</summary>
/// <remarks>
/// <c>GanBuilder.Build()</c> draws from it once, for its dry run of both networks: 2 latents, or those of 2 packs under
/// <see cref="GanBuilder.WithPacking"/>, with a throwaway generator of randomness. Training and samples draw from generators of their own,
/// which <c>Build()</c> does not move. What a latent of your own does beyond its <c>random</c>, counting its calls for instance, sees
/// that one call before the first iteration. <c>AdversarialSystemBuilder.Build()</c> tries every step once, and so draws what an objective
/// draws.
/// </remarks>
public interface ILatent
{
    /// <summary>The shape of one latent, without the batch dimension, such as <c>[100]</c>.</summary>
    IReadOnlyList<long> Shape { get; }

    /// <summary>Draws a batch of latents.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="random">The GAN's seeded generator of randomness, on the CPU: the only source to draw from.</param>
    /// <param name="type">The generator network's element type.</param>
    /// <param name="device">The generator network's device.</param>
    /// <returns>A new tensor <c>[count, ..Shape]</c> that the caller disposes.</returns>
    Tensor Sample(long count, Generator random, ScalarType type, Device device);
}
