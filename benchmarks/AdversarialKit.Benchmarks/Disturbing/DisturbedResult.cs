namespace AdversarialKit.Benchmarks;

/// <summary>What came of work under a disturbance.</summary>
/// <param name="Failures">Iterations that ended in an exception.</param>
/// <param name="Examples">The first line of some of them.</param>
/// <param name="Digest">Of the result; empty if the process died.</param>
/// <param name="Collections">Garbage collections meanwhile.</param>
/// <param name="Seconds">Of the clock.</param>
/// <param name="ProcessorSeconds">Of the whole process.</param>
/// <param name="IsMended">Whether TorchSharp holds what it hands over.</param>
internal sealed record DisturbedResult(
    int Failures, string[] Examples, string Digest, int Collections, double Seconds, double ProcessorSeconds, bool IsMended);
