namespace AdversarialKit;

/// <summary>What one iteration measured, as plain numbers. Every loss is measured before the update that it causes.</summary>
/// <param name="Iteration">The number of iterations completed, this one included: 1 after the first.</param>
/// <param name="Discriminator">The last discriminator step of the iteration.</param>
/// <param name="Generator">The generator step.</param>
public readonly record struct StepResult(long Iteration, DiscriminatorResult Discriminator, GeneratorResult Generator);
