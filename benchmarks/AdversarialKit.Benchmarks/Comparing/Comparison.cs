namespace AdversarialKit.Benchmarks;

/// <summary>Runs the contenders of a workload in turn, A B C A B C, so that all meet the same state of the machine.</summary>
internal sealed class Comparison(CompareOptions options, string? python)
{
    private const double RoundSeconds = 0.4;
    private const int WarmUp = 30;
    private const int LeastRounds = 5;

    public WorkloadResult Run(Workload workload)
    {
        var contenders = new List<ChildProcess>();
        try
        {
            Start(workload, contenders);
            var slowest = contenders.Max(contender => WarmedUp(contender).Seconds);
            var iterations = Math.Max(1, (int)(RoundSeconds / slowest));
            var rounds = Math.Max(LeastRounds, (int)(options.Seconds / RoundSeconds));
            var results = contenders.ToDictionary(contender => contender.Name, _ => new List<RoundResult>(rounds));
            for (var round = 0; round < rounds; round++)
            {
                foreach (var contender in contenders)
                {
                    results[contender.Name].Add(contender.Run(iterations));
                }
            }

            return Summarize(workload, contenders, results, iterations);
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    private void Start(Workload workload, List<ChildProcess> contenders)
    {
        foreach (var name in new[] { Contender.Tuned, Contender.Plain }.Concat(options.OptIn && !workload.IsFamily ? Contender.OptIn : []).Append(Contender.HandWritten))
        {
            contenders.Add(ChildProcess.Start(name, workload, options.Threads));
        }

        if (python is not null && workload.HasPyTorch)
        {
            contenders.Add(ChildProcess.StartPyTorch(python, workload, options.Threads));
        }

        if (!workload.IsFamily)
        {
            contenders.Add(ChildProcess.Start(Contender.Products, workload, options.Threads));
            contenders.Add(ChildProcess.Start(Contender.TunedProducts, workload, options.Threads));
        }
    }

    private static RoundResult WarmedUp(ChildProcess contender)
    {
        contender.Run(WarmUp);
        return contender.Run(WarmUp);
    }

    private static WorkloadResult Summarize(
        Workload workload, List<ChildProcess> contenders, Dictionary<string, List<RoundResult>> results, int iterations)
    {
        var flop = contenders.Max(contender => contender.Hello.FloatingPointOperations);
        var summaries = contenders.Select(contender => Summarize(contender, results, flop)).ToList();
        return new WorkloadResult(workload.Name, results[Contender.HandWritten].Count, iterations, flop / 1e9, summaries);
    }

    private static ContenderResult Summarize(ChildProcess contender, Dictionary<string, List<RoundResult>> results, double flop)
    {
        var rounds = results[contender.Name];
        var seconds = rounds.ConvertAll(round => round.Seconds);
        return new ContenderResult
        {
            Name = contender.Name,
            Description = contender.Hello.Description,
            Milliseconds = 1e3 * Statistics.Median(seconds),
            LowerQuartile = 1e3 * Statistics.Quantile(seconds, 0.25),
            UpperQuartile = 1e3 * Statistics.Quantile(seconds, 0.75),
            ProcessorMilliseconds = 1e3 * Statistics.Median(rounds.Select(round => round.ProcessorSeconds)),
            RatioToHandWritten = Ratio(rounds, results.GetValueOrDefault(Contender.HandWritten), round => round.Seconds),
            ProcessorRatioToHandWritten = Ratio(rounds, results.GetValueOrDefault(Contender.HandWritten), round => round.ProcessorSeconds),
            RatioToPyTorch = Ratio(rounds, results.GetValueOrDefault(Contender.PyTorch), round => round.Seconds),
            ProcessorRatioToPyTorch = Ratio(rounds, results.GetValueOrDefault(Contender.PyTorch), round => round.ProcessorSeconds),
            Rate = flop > 0 ? flop / 1e9 / Statistics.Median(seconds) : null,
            ShareOfProducts = 1 / Ratio(rounds, results.GetValueOrDefault(Contender.ProductsOf(contender.Name)), round => round.ProcessorSeconds),
            ResidentMebibytes = rounds[^1].ResidentBytes / 1048576.0,
            AllocatedKilobytes = Statistics.Median(rounds.Select(round => round.AllocatedBytes)) / 1e3,
            Generation2 = rounds.Sum(round => round.Generation2),
        };
    }

    private static double? Ratio(List<RoundResult> own, List<RoundResult>? others, Func<RoundResult, double> figure) =>
        others is null ? null : Statistics.Median(own.Zip(others, (a, b) => figure(a) / figure(b)));
}
