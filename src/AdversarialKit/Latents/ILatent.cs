namespace AdversarialKit;

/// <summary>The distribution that the generator's input is drawn from.</summary>
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
