namespace MnistGan;

/// <summary>What is kept beside a judge's weights.</summary>
/// <param name="Data">What it was trained on, for people.</param>
/// <param name="Accuracy">The share of the test set that it named rightly.</param>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="Seconds">How long the training took.</param>
/// <param name="CheckValues">What its weights must give again: see <see cref="Judge.CheckValues"/>.</param>
internal sealed record JudgeFigures(string Data, double Accuracy, int Epochs, double Seconds, IReadOnlyList<double> CheckValues);
