namespace AdversarialKit;

/// <summary>The figures of one set of pictures.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Quality">Their figures.</param>
/// <param name="Agreement">The share on which the judge sees the class that was asked for, 0 to 1; null where none was.</param>
public sealed record JudgementRow(string Name, QualityReport Quality, double? Agreement = null);
