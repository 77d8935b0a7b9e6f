namespace AdversarialKit.Benchmarks;

/// <summary>What was found on the way or at the end.</summary>
/// <param name="Iterations">Completed.</param>
/// <param name="Modes">Modes found among the judged images, of 1,000.</param>
/// <param name="Divergence">The Kullback-Leibler divergence of their shares from those of real images, in nats.</param>
/// <param name="Seconds">Time of training until then.</param>
/// <param name="ProcessorSeconds">Processor time of training until then.</param>
internal sealed record StackedStation(long Iterations, int Modes, double Divergence, double Seconds, double ProcessorSeconds);
