namespace AdversarialKit.Benchmarks;

/// <summary>
/// Trains the reference GAN on MNIST, judges it at ten points with a judge that learned the classes and one that learned how pictures were turned, and
/// prints both curves and their rank correlation.
/// </summary>
internal sealed class JudgesCommand(TextWriter output, int iterations, int samples, PictureJudgeOptions judging)
{
    private const int Points = 10;
    private const int BatchSize = 32;

    public static int Run(string? folder, int iterations, int samples, int? threads)
    {
        if (threads is { } number)
        {
            set_num_threads(number);
        }

        return StopSignal.Heed(Console.Error, stop =>
        {
            using var data = DigitsAndTest.Load(folder);
            Console.WriteLine(Machine.Describe());
            Console.WriteLine(data.Description);
            new JudgesCommand(Console.Out, iterations, samples, new PictureJudgeOptions()).Run(data, stop.Token);
            return 0;
        });
    }

    /// <summary>Prints the table and returns the correlation of the Frechet distances.</summary>
    public double Run(DigitsAndTest data, CancellationToken token)
    {
        var status = new StatusLine(output, isTerminal: ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected);
        using var labelled = PictureJudge.Train(data.Training, judging with { Progress = status, Test = data.Test }, token);
        using var turned = PictureJudge.Train(data.Training, judging with { Progress = status, LearnsClasses = false, Test = data.Test }, token);
        status.Clear();
        output.WriteLine(FormattableString.Invariant(
            $"Accuracy on the test set: {100 * labelled.Facts.Accuracy:F2} % of classes, {100 * turned.Facts.Accuracy:F2} % of turns."));
        var (first, second) = (Evaluations(labelled, data, token), Evaluations(turned, data, token));
        output.WriteLine("\n| iterations | Frechet, classes | Frechet, turns | coverage, classes | coverage, turns |\n|---|---|---|---|---|");
        foreach (var (a, b) in first.Zip(second))
        {
            output.WriteLine(FormattableString.Invariant(
                $"| {a.Iteration:N0} | {a.Quality.Frechet:F2} | {b.Quality.Frechet:F3} | {a.Quality.Coverage:F3} | {b.Quality.Coverage:F3} |"));
        }

        var frechet = Ranks.Correlation(first.Select(e => e.Quality.Frechet), second.Select(e => e.Quality.Frechet));
        var coverage = Ranks.Correlation(first.Select(e => e.Quality.Coverage), second.Select(e => e.Quality.Coverage));
        output.WriteLine(FormattableString.Invariant($"\nRank correlation of both judges: Frechet distance {frechet:F3}, coverage {coverage:F3}."));
        return frechet;
    }

    /// <summary>The same run each time, bit for bit: judging changes nothing of it.</summary>
    private IReadOnlyList<EvaluationResult> Evaluations(PictureJudge judge, DigitsAndTest data, CancellationToken token)
    {
        random.manual_seed(1);
        var workload = Workload.Parse("nonsaturating32");
        using var generator = BenchmarkNetworks.Generator(workload);
        using var discriminator = BenchmarkNetworks.Discriminator(workload);
        using var gan = new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(Workload.LatentSize))
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(2e-4, beta1: 0.5))
            .WithSeed(1)
            .Build();
        using var batches = data.Training.ToBatches(BatchSize);
        var result = gan.Fit(
            batches,
            new FitOptions { Iterations = iterations, Evaluation = judge.ToEvaluation(Math.Max(1, iterations / Points)) with { Samples = samples } },
            token);
        token.ThrowIfCancellationRequested();
        return result.Evaluations;
    }
}
