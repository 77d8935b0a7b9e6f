namespace AdversarialKit.Benchmarks;

/// <summary>Samples by two clocks.</summary>
/// <param name="PerSecond">By the one on the wall.</param>
/// <param name="PerProcessorSecond">By the one of the processors that this process had.</param>
internal readonly record struct SamplingRate(double PerSecond, double PerProcessorSecond);
