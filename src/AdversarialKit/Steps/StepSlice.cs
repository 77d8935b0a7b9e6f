namespace AdversarialKit;

/// <summary>What an auxiliary task needs to know of a batch, or of the part of it that one pass takes.</summary>
internal readonly record struct StepSlice(Tensor? Condition, Tensor? FakeCondition, Tensor Latents);
