namespace AdversarialKit;

/// <summary>What one iteration measured, as plain numbers.</summary>
public readonly record struct StepResult;
