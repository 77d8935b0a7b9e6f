namespace AdversarialKit;

/// <summary>How well a model foretells a column of held-out real rows.</summary>
/// <param name="Source">The rows that it learned from, such as "synthetic" or "real".</param>
/// <param name="Target">The column.</param>
/// <param name="Measure">What the score is, such as "AUC".</param>
/// <param name="Score">The score.</param>
public sealed record UtilityFigure(string Source, string Target, string Measure, double Score);
