namespace AdversarialKit;

/// <summary>Where weights come from.</summary>
/// <param name="Checkpoint">The checkpoint's directory; null for a GAN's.</param>
/// <param name="Iteration">Iterations that had made them.</param>
internal sealed record WeightsOrigin(string? Checkpoint, long Iteration);
