namespace AdversarialKit;

/// <summary>Squared radii of the balls around samples.</summary>
/// <param name="Precision">Around real samples, for precision <c>[N]</c>.</param>
/// <param name="Recall">Around generated samples, for recall <c>[M]</c>.</param>
/// <param name="Coverage">Around real samples, for density and coverage <c>[N]</c>.</param>
internal readonly record struct NeighborhoodRadii(Tensor Precision, Tensor Recall, Tensor Coverage);
