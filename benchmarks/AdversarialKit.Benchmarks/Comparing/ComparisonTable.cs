using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Prints a comparison as a table of Markdown.</summary>
internal static class ComparisonTable
{
    public static IEnumerable<string> Lines(WorkloadResult result)
    {
        yield return "";
        var products = result.GigaFlop > 0 ? Invariant($"{result.GigaFlop:0.00} GFLOP of products an iteration, ") : "";
        yield return Invariant($"{result.Workload}: {products}{result.Rounds} rounds of {result.IterationsPerRound} iterations");
        yield return "| | ms | quartiles | CPU ms | / hand-written (CPU) | / PyTorch (CPU) | GFLOP/s | of bare products | resident MiB | managed KB | gen 2 |";
        yield return "|---|---|---|---|---|---|---|---|---|---|---|";
        foreach (var row in result.Contenders)
        {
            yield return Invariant(
                $"| {Contender.Title(row.Name)} | {row.Milliseconds:0.00} | {row.LowerQuartile:0.00}-{row.UpperQuartile:0.00} | {row.ProcessorMilliseconds:0.00} | ") +
                Invariant($"{Ratio(row.RatioToHandWritten)} ({Ratio(row.ProcessorRatioToHandWritten)}) | {Ratio(row.RatioToPyTorch)} ({Ratio(row.ProcessorRatioToPyTorch)}) | {row.Rate?.ToString("0", CultureInfo.InvariantCulture) ?? "-"} | {Ratio(row.ShareOfProducts)} | {row.ResidentMebibytes:0} | ") +
                (row.Name == Contender.PyTorch ? "- | - |" : Invariant($"{row.AllocatedKilobytes:0.0} | {row.Generation2} |"));
        }
    }

    private static string Ratio(double? ratio) => ratio?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
