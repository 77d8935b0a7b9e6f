namespace AdversarialKit;

/// <summary>What is known of a <see cref="PictureJudge"/>, and kept beside its weights.</summary>
/// <param name="Data">What it learned from, for people.</param>
/// <param name="Accuracy">The share of held-out pictures that it named rightly, 0 to 1: their classes, or how they were turned.</param>
/// <param name="Epochs">Passes over what it learned from.</param>
/// <param name="Seconds">How long the training took.</param>
/// <param name="CheckValues">What its weights answer to a few pictures that are always drawn alike: numbers that other weights do not give.</param>
public sealed record JudgeFacts(string Data, double Accuracy, int Epochs, double Seconds, IReadOnlyList<double> CheckValues);
