using MnistGan;

namespace AdversarialKit.Benchmarks;

/// <summary>Compares losses by the modes of Stacked MNIST that they find.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="around">Where the judge is kept and words go.</param>
/// <param name="load">Loads the digits; the command disposes them.</param>
internal sealed class StackedCommand(StackedOptions options, Surroundings around, Func<CancellationToken, JudgeData> load)
{
    private readonly StatusLine _status = new(around);

    public static int Run(StackedOptions options)
    {
        var around = Surroundings.OfThisProcess();
        try
        {
            if (options.Threads is { } threads)
            {
                set_num_threads(threads);
            }

            return StopSignal.Heed(around, stop =>
            {
                new StackedCommand(options, around, token => JudgeData.Load(options.Data, around, token)).Run(stop.Token);
                return stop.Token.IsCancellationRequested ? stop.ExitCode : ExitCode.Done;
            });
        }
        catch (UserErrorException error)
        {
            around.Error.WriteLine($"Error: {error.Message}");
            return ExitCode.UserError;
        }
    }

    /// <summary>Trains and judges, prints, writes stacked.json and the sheets, and returns what is in it.</summary>
    public StackedReport Run(CancellationToken token)
    {
        Directory.CreateDirectory(options.OutputFolder);
        using var data = load(token);
        using var judge = new KeptJudge(options.Judge, around, _status).Open(data, token);
        var score = new StackedScore(judge, StackedDigits.SharesOf(data.Training.Labels));
        var real = Real(score, data.Test.Images);
        var training = new StackedTraining(options, score, _status);
        var results = options.Losses
            .TakeWhile(_ => !token.IsCancellationRequested)
            .Select(loss => training.Run(loss, data.Training.Images, token))
            .ToList();
        _status.Clear();
        var report = new StackedReport(Machine.Describe(), data.Training.Description, judge.Figures.Accuracy, options, real, results);
        report.WriteTo(around.Output);
        var json = Path.Combine(options.OutputFolder, "stacked.json");
        report.WriteJson(json);
        around.Output.WriteLine($"Written: {Path.GetFullPath(json)}");
        return report;
    }

    private StackedStation Real(StackedScore score, Tensor digits)
    {
        using var random = new Generator(unchecked((ulong)options.Seed));
        var found = score.Of(
            options.Samples,
            images => digits.index_select(0, randint(digits.shape[0], StackedDigits.Channels * images, dtype: ScalarType.Int64, generator: random)),
            new StatusProgress(_status, "Judging real digits", CancellationToken.None));
        return new StackedStation(0, found.Modes, found.Divergence, 0, 0);
    }
}
