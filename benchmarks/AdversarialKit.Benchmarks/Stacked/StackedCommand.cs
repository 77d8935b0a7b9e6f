namespace AdversarialKit.Benchmarks;

/// <summary>Compares losses by the modes of Stacked MNIST that they find.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="output">Where words go.</param>
/// <param name="load">Loads the digits; the command disposes them.</param>
internal sealed class StackedCommand(StackedOptions options, TextWriter output, Func<DigitsAndTest> load)
{
    private readonly StatusLine _status = new(output, isTerminal: ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);

    public static int Run(StackedOptions options)
    {
        if (options.Threads is { } threads)
        {
            set_num_threads(threads);
        }

        return StopSignal.Heed(Console.Error, stop =>
        {
            new StackedCommand(options, Console.Out, () => DigitsAndTest.Load(options.DataFolder)).Run(stop.Token);
            return stop.Token.IsCancellationRequested ? stop.ExitCode : 0;
        });
    }

    /// <summary>Trains and judges, prints, writes stacked.json and the sheets, and returns what is in it.</summary>
    public StackedReport Run(CancellationToken token)
    {
        Directory.CreateDirectory(options.OutputFolder);
        using var data = load();
        using var judge = data.OpenJudge(options.Judge, _status, token);
        var score = new StackedScore(judge, StackedDigits.SharesOf(data.Training.Labels));
        var real = Real(score, data.Test.Images);
        var training = new StackedTraining(options, score, _status);
        var results = options.Losses
            .TakeWhile(_ => !token.IsCancellationRequested)
            .Select(loss => training.Run(loss, data.Training.Images, token))
            .ToList();
        _status.Clear();
        var report = new StackedReport(Machine.Describe(), data.Description, judge.Facts.Accuracy, options, real, results);
        report.WriteTo(output);
        var json = Path.Combine(options.OutputFolder, "stacked.json");
        report.WriteJson(json);
        output.WriteLine($"Written: {Path.GetFullPath(json)}");
        return report;
    }

    private StackedStation Real(StackedScore score, Tensor digits)
    {
        using var random = new Generator(unchecked((ulong)options.Seed));
        var found = score.Of(
            options.Samples,
            images => digits.index_select(0, randint(digits.shape[0], StackedDigits.Channels * images, dtype: ScalarType.Int64, generator: random)),
            share => _status.Show(FormattableString.Invariant($"Judging real digits: {100 * share:F0} %")));
        return new StackedStation(0, found.Modes, found.Divergence, 0, 0);
    }
}
