namespace AdversarialKit;

/// <summary>Something that goes wrong in a run, in plain words.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Iteration">When it was found.</param>
/// <param name="Message">What was seen, with figures.</param>
public sealed record Diagnosis(DiagnosisKind Kind, long Iteration, string Message);
