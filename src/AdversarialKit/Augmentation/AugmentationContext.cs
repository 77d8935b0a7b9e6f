namespace AdversarialKit;

/// <summary>What an <see cref="IAugmentation"/> may draw on.</summary>
/// <param name="Random">The GAN's own seeded generator of randomness, on the CPU.</param>
/// <param name="Iteration">The number of completed iterations.</param>
public readonly record struct AugmentationContext(Generator Random, long Iteration);
