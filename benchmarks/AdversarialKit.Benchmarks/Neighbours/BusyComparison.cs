using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Runs contenders in turn, idle and beside busy neighbours: in each round all of them idle, then all of them busy.</summary>
internal sealed class BusyComparison(CompareOptions options, BusyNeighbours neighbours)
{
    private const double RoundSeconds = 0.4;
    private const int WarmUp = 30;
    private const int FewIterations = 3;
    private const int LeastRounds = 5;

    private static readonly string[] _contenders = [Contender.Spinning, Contender.Tuned, Contender.Chosen];

    public List<BusyResult> Run(Workload workload)
    {
        var contenders = new List<ChildProcess>();
        try
        {
            contenders.AddRange(_contenders.Select(name => ChildProcess.Start(name, workload, options.Threads)));
            contenders.AddRange(options.Turns.Select(turns => Turning(turns, workload)));
            contenders.ForEach(contender => contender.Run(WarmUp));
            var idle = contenders.ToDictionary(contender => contender, _ => new List<double>());
            var busy = contenders.ToDictionary(contender => contender, _ => new List<double>());
            for (var round = 0; round < Math.Max(LeastRounds, (int)(options.Seconds / RoundSeconds)); round++)
            {
                contenders.ForEach(contender => idle[contender].Add(Measure(contender)));
                neighbours.During(() => contenders.ForEach(contender => busy[contender].Add(Measure(contender))));
            }

            var (spinning, spinningBusy) = (idle[contenders[0]], busy[contenders[0]]);
            return contenders.ConvertAll(contender => new BusyResult(
                contender.Name,
                contender.Hello.Description,
                1e3 * Statistics.Median(idle[contender]),
                1e3 * Statistics.Median(busy[contender]),
                Ratio(busy[contender], idle[contender]),
                Ratio(idle[contender], spinning),
                Ratio(busy[contender], spinningBusy)));
        }
        finally
        {
            contenders.ForEach(contender => contender.Dispose());
        }
    }

    // The environment's word counts more than the library's.
    private ChildProcess Turning(int turns, Workload workload)
    {
        var text = turns.ToString(CultureInfo.InvariantCulture);
        return ChildProcess.Start($"{text} turns", Contender.Tuned, workload, options.Threads, (ThreadWaiting.Variable, text));
    }

    // Beside neighbours an iteration may take many times as long, so each measurement begins with finding out.
    private static double Measure(ChildProcess contender) =>
        contender.Run(Math.Max(FewIterations, (int)(RoundSeconds / contender.Run(FewIterations).Seconds))).Seconds;

    private static double Ratio(List<double> own, List<double> others) => Statistics.Median(own.Zip(others, (a, b) => a / b));
}
