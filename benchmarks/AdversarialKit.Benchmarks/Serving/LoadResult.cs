using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>What clients got.</summary>
/// <param name="Name">Which clients.</param>
/// <param name="Seconds">How long they asked.</param>
/// <param name="Milliseconds">The time of each answer.</param>
/// <param name="Failures">How many asked in vain.</param>
/// <param name="SamplesEach">Samples in an answer.</param>
/// <param name="ProcessorTime">Of the service meanwhile.</param>
internal sealed record LoadResult(string Name, double Seconds, IReadOnlyList<double> Milliseconds, int Failures, int SamplesEach, TimeSpan ProcessorTime)
{
    public const string Header = "| | requests | failed | requests/s | samples/s | median ms | p99 ms | longest ms | processor ms per request |\n|---|---|---|---|---|---|---|---|---|";

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Name} | {Milliseconds.Count} | {Failures} | {Milliseconds.Count / Seconds:0} | {Milliseconds.Count * SamplesEach / Seconds:0} | {Statistics.Median(Milliseconds):0.0} | {Statistics.Quantile(Milliseconds, 0.99):0.0} | {Milliseconds.Max():0.0} | {ProcessorTime.TotalMilliseconds / Milliseconds.Count:0.0} |");
}
