namespace AdversarialKit;

/// <summary>Fakes and what they were made from.</summary>
/// <param name="Latents">One latent per fake.</param>
/// <param name="Images">The generator's output: with its graph where both steps share it, else without.</param>
/// <param name="Condition">The condition under which; null where there is none.</param>
internal readonly record struct MadeFakes(Tensor Latents, Tensor Images, Tensor? Condition);
