namespace AdversarialKit;

/// <summary>Losses of an iteration.</summary>
/// <param name="Iteration">The iteration, from 1.</param>
/// <param name="Discriminator">The discriminator's, penalties included.</param>
/// <param name="Generator">The generator's.</param>
public readonly record struct TableLoss(long Iteration, double Discriminator, double Generator);
