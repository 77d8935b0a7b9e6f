namespace AdversarialKit;

/// <summary>What <see cref="TorchTuning"/> found out about one setting.</summary>
/// <param name="Setting">Which.</param>
/// <param name="Changed">Whether it is different now.</param>
/// <param name="Explanation">A sentence with what was measured, or with the reason why nothing was changed.</param>
/// <param name="SpeedUp">Time before by time after, as measured by the call; null where it was not measured.</param>
public sealed record TuningOutcome(TuningSetting Setting, bool Changed, string Explanation, double? SpeedUp = null);
