namespace AdversarialKit;

/// <summary>A way in which training fails, found while it ran.</summary>
/// <param name="Kind">Which way.</param>
/// <param name="Iteration">The iteration at which it was found.</param>
/// <param name="Message">What was seen, with figures, and what usually helps.</param>
public sealed record Diagnosis(DiagnosisKind Kind, long Iteration, string Message);
