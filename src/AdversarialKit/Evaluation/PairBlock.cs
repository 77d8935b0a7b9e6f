namespace AdversarialKit;

/// <summary>Squared distances between some points and others, with a bound on their rounding.</summary>
/// <param name="X">The points of the rows.</param>
/// <param name="Y">The points of the columns.</param>
/// <param name="Distances">Squared distances <c>[rows, columns]</c>.</param>
/// <param name="Tolerance">How far a distance may be off.</param>
internal readonly record struct PairBlock(Tensor X, Tensor Y, Tensor Distances, double Tolerance);
