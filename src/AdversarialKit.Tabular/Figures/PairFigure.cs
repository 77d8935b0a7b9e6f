namespace AdversarialKit;

/// <summary>How alike two columns go together in two tables.</summary>
/// <param name="First">The one column.</param>
/// <param name="Second">The other one.</param>
/// <param name="Similarity">1 minus half the sum of all differences of shares over the cells that both columns' classes make; 0 to 1. A number's classes are fifths of the real values.</param>
/// <param name="RealAssociation">Cramer's V of the classes in the real table: 0 where they are independent, 1 where one says the other.</param>
/// <param name="SyntheticAssociation">That of the synthetic one.</param>
public sealed record PairFigure(string First, string Second, double Similarity, double RealAssociation, double SyntheticAssociation);
