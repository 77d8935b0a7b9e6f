namespace AdversarialKit.Benchmarks;

/// <summary>What an iteration of a rank takes and sends.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Seconds">Of an iteration without communication.</param>
/// <param name="Bytes">Of all its sums.</param>
/// <param name="Messages">Its sums.</param>
/// <param name="GradientMessages">Those among them that carry gradients, one for each update.</param>
internal sealed record ScaledNetwork(string Name, double Seconds, double Bytes, double Messages, int GradientMessages);
