using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>Evaluations during training: when, what of it is recorded, which checkpoint is the best, and that no bit of the run changes.</summary>
public sealed class FitEvaluationTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;
    private readonly SampleQuality _quality;
    private Gan _gan;

    public FitEvaluationTests()
    {
        _batches = Batches.FromTensor(_real, 8);
        _quality = new SampleQuality(_real);
        _gan = Build();
    }

    public void Dispose()
    {
        _gan.Dispose();
        _quality.Dispose();
        _batches.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Fit_Evaluation_IsMadeAtEveryIntervalAndAtTheEnd()
    {
        var seen = new List<EvaluationResult>();
        var callback = new Watcher(seen.Add);

        var result = _gan.Fit(_batches, Options(10, interval: 4, distance: 1) with { Callbacks = [callback] });

        result.Evaluations.Select(evaluation => evaluation.Iteration).Should().Equal(4, 8, 10);
        result.Evaluations.Should().Equal(seen).And.Equal(_gan.Evaluations);
        result.Best.Should().BeSameAs(result.Evaluations[0]);
        result.Evaluations.Select(evaluation => evaluation.IsBest).Should().Equal(true, false, false);
        result.Best!.Quality.Frechet.Should().BeApproximately(6, 1e-6, "six features lie 1 apart");
        result.Best.Quality.Samples.Should().Be(40);
        callback.Progressed.Should().Equal((3, null), (4, 4), (5, 4), (8, 8), (9, 8), (10, 10));
    }

    [Theory]
    [InlineData(StopReason.Completed)]
    [InlineData(StopReason.TimeLimit)]
    public void Fit_EndThatWasNotForeseen_EvaluatesThere(StopReason reason)
    {
        var options = Options(0, interval: 1000, distance: 1) with
        {
            TimeLimit = reason == StopReason.TimeLimit ? TimeSpan.FromMilliseconds(50) : null,
            Callbacks = [new Callback((_, _) => Thread.Sleep(60))],
        };
        using var batches = new SequenceBatches([_real.narrow(0, 0, 8), _real.narrow(0, 8, 8)]);

        var result = _gan.Fit(batches, options with { Checkpoints = Checkpoints(interval: 1) });

        result.Reason.Should().Be(reason);
        result.Evaluations.Single().Iteration.Should().Be(result.Iterations);
        BestIteration().Should().Be(result.Iterations);
    }

    [Fact]
    public void Fit_GetsWorseAfterTheBest_KeepsTheBestBesideTheLast()
    {
        var result = _gan.Fit(_batches, Options(30, interval: 3, distance: () => Math.Abs(_gan.Iteration - 9)) with { Checkpoints = Checkpoints(interval: 5) });

        result.Best!.Iteration.Should().Be(9);
        _folder.Names.Where(CheckpointNames.IsDirectory).Should().Equal("iteration-000000000009", "iteration-000000000030");
        using var resumed = Build();
        resumed.LoadCheckpoint(_folder["best"]).Should().BeEquivalentTo(new { Iteration = 9L, Metric = 0.0 }, options => options
            .Using<double>(pair => pair.Subject.Should().BeApproximately(pair.Expectation, 1e-6)).WhenTypeIs<double>());
        resumed.Evaluations.Select(evaluation => evaluation.Iteration).Should().Equal(3, 6, 9);
    }

    [Fact]
    public void Fit_BestIsAFigureOfWhichMoreIsBetter_KeepsTheHighest()
    {
        var options = Options(12, interval: 3, distance: () => Math.Abs(_gan.Iteration - 6));

        var result = _gan.Fit(_batches, options with
        {
            Checkpoints = Checkpoints(interval: 100),
            Evaluation = options.Evaluation! with { Best = QualityFigure.Coverage },
        });

        result.Best.Should().BeEquivalentTo(new { Iteration = 6L, Quality = new { Coverage = 1.0 } });
        BestIteration().Should().Be(6);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(0.5, 9)]
    public void Fit_Resumed_OnlySomethingBetterBecomesTheBest(double laterDistance, long best)
    {
        _gan.Fit(_batches, Options(6, interval: 3, distance: () => _gan.Iteration == 3 ? 1 : 2) with { Checkpoints = Checkpoints(interval: 100) });
        Rebuild();
        _gan.LoadCheckpoint(_folder.Path, batches: _batches);

        var result = _gan.Fit(_batches, Options(12, interval: 3, distance: () => laterDistance) with { Checkpoints = Checkpoints(interval: 2) });

        result.Evaluations.Select(evaluation => evaluation.Iteration).Should().Equal(3, 6, 9, 12);
        result.Best!.Iteration.Should().Be(best);
        BestIteration().Should().Be(best);
    }

    [Fact]
    public void Fit_ResumedFromBeforeTheBest_LeavesTheBetterOneOnTheDisk()
    {
        _gan.Fit(_batches, Options(9, interval: 3, distance: () => _gan.Iteration == 6 ? 1 : 2) with { Checkpoints = Checkpoints(interval: 100) });
        var first = Directory.GetDirectories(_folder.Path).Order(StringComparer.Ordinal).First();
        Rebuild();
        _gan.LoadCheckpoint(first, batches: _batches);
        _gan.Evaluations.Should().HaveCountLessThan(3);

        _gan.Fit(_batches, Options(15, interval: 3, distance: () => 1.5) with { Checkpoints = Checkpoints(interval: 1) });

        BestIteration().Should().Be(6);
    }

    [Fact]
    public void Fit_NewRunInTheSameDirectory_HasABestOfItsOwn()
    {
        _gan.Fit(_batches, Options(3, interval: 3, distance: () => 1) with { Checkpoints = Checkpoints(interval: 100) });
        Rebuild();

        _gan.Fit(_batches, Options(8, interval: 4, distance: () => 2) with { Checkpoints = Checkpoints(interval: 2) });

        BestIteration().Should().Be(4);
    }

    [Fact]
    public void Fit_ResumedByAnotherFigure_ComparesWithinThatFigure()
    {
        _gan.Fit(_batches, Options(3, interval: 3, distance: () => 1) with { Checkpoints = Checkpoints(interval: 100) });
        Rebuild();
        _gan.LoadCheckpoint(_folder.Path, batches: _batches);
        var options = Options(6, interval: 3, distance: () => 0);

        var result = _gan.Fit(_batches, options with
        {
            Checkpoints = Checkpoints(interval: 100),
            Evaluation = options.Evaluation! with { Best = QualityFigure.Density },
        });

        result.Evaluations.Select(evaluation => evaluation.IsBest).Should().Equal(true, true);
        BestIteration().Should().Be(6);
    }

    [Fact]
    public void Fit_CancelledInTheMiddleOfAnEvaluation_MakesUpForItWhenResumed()
    {
        using var stop = new CancellationTokenSource();
        var progressed = new Callback((_, _) => { });
        var options = Options(9, interval: 3, distance: () => _gan.Iteration);
        var stopping = new ScriptedFeatures(_real, () => _gan.Iteration) { OnExtract = _ => { if (_gan.Iteration == 6) { stop.Cancel(); } } };

        var broken = _gan.Fit(
            _batches,
            options with { Checkpoints = Checkpoints(interval: 100), Callbacks = [progressed], Evaluation = options.Evaluation! with { Features = stopping } },
            stop.Token);

        broken.Should().BeEquivalentTo(new { Reason = StopReason.Cancelled, Iterations = 6L });
        broken.Evaluations.Select(evaluation => evaluation.Iteration).Should().Equal(3);
        broken.Checkpoint.Should().Be(_folder["iteration-000000000006"]);
        Rebuild();
        _gan.LoadCheckpoint(_folder.Path, batches: _batches);
        _gan.Fit(_batches, options).Evaluations.Select(evaluation => evaluation.Iteration).Should().Equal(3, 6, 9);
    }

    [Fact]
    public void Fit_Evaluation_ChangesNoBit()
    {
        using var alone = new RichGan(Sampling.Shuffled);
        var losses = alone.TrainTo(12);
        var digest = alone.Digest();
        using var watched = new RichGan(Sampling.Shuffled);
        using var quality = new SampleQuality(_real);
        var extractor = new ScriptedFeatures(_real, () => 1) { OnExtract = _ => rand(7).Dispose() };
        var log = new LossLog();

        watched.Gan.Fit(watched.Batches, new FitOptions
        {
            Iterations = 12,
            Callbacks = [log],
            Evaluation = new EvaluationOptions { Quality = quality, Features = extractor, Interval = 3, Samples = 40 },
        });

        log.Lines.Should().Equal(losses);
        watched.Digest().Should().Be(digest);
    }

    [Fact]
    public void Fit_GeneratorWithACounter_CountsNoSamplesOfEvaluations()
    {
        using var generator = nn.Sequential(("out", nn.Linear(4, 6)), ("moving", new MovingBufferLayer()));
        using var gan = Toy.Builder(generator, _discriminator).Build();
        gan.TrainStep(_real.narrow(0, 0, 8));
        var before = Snapshot.Of(generator);

        new SystemEvaluation(gan.System, Options(1, interval: 1, distance: 1).Evaluation!).Run(default);

        Snapshot.Of(generator).Should().Be(before);
    }

    [Fact]
    public void Run_Twice_JudgesSamplesOfTheSameLatentsInBatches()
    {
        var seen = new List<string>();
        using var many = randn(1200, 6);
        using var quality = new SampleQuality(many);
        var options = new EvaluationOptions
        {
            Quality = quality,
            Features = new ScriptedFeatures(many, () => 0) { OnExtract = samples => seen.Add($"{samples.shape[0]} {Snapshot.Digest([("", samples)])}") },
            Samples = 1200,
        };

        new SystemEvaluation(_gan.System, options).Run(default);
        _gan.Sample(5).Dispose();
        new SystemEvaluation(_gan.System, options).Run(default);

        seen.Should().HaveCount(6);
        seen.Distinct().Should().HaveCount(3);
        seen.Skip(3).Should().Equal(seen.Take(3));
        seen.Select(line => line.Split(' ')[0]).Take(3).Should().Equal("500", "500", "200");
    }

    [Fact]
    public void Run_Progress_RisesToOne()
    {
        var progress = new ProgressLog();
        var options = Options(1, interval: 1, distance: 1).Evaluation! with { Progress = progress };

        new SystemEvaluation(_gan.System, options).Run(default);

        progress.Values.Should().BeInAscendingOrder().And.StartWith(0).And.EndWith(1);
    }

    [Fact]
    public void Fit_WeightsNotFinite_DivergesInsteadOfEvaluating()
    {
        var poison = new Callback((_, _) =>
        {
            using var noGrad = no_grad();
            _generator.parameters().First().fill_(float.PositiveInfinity);
        });
        var batches = new[] { new Batch(_real.narrow(0, 0, 8)) };

        var result = _gan.Fit(batches, Options(0, interval: 1000, distance: 1) with { Callbacks = [poison] });

        result.Reason.Should().Be(StopReason.Diverged);
        result.Evaluations.Should().BeEmpty();
    }

    [Fact]
    public void Fit_JudgeThrows_WritesTheFinishedIteration()
    {
        var throwing = new ScriptedFeatures(_real, () => _gan.Iteration == 3 ? double.NaN : 1);
        var options = Options(9, interval: 3, distance: 1);

        var fit = () => _gan.Fit(_batches, options with { Checkpoints = Checkpoints(interval: 100), Evaluation = options.Evaluation! with { Features = throwing } });

        fit.Should().Throw<ArgumentException>().WithMessage("240 of the 240 values of the features [40, 6] are NaN or infinite.*");
        _folder.Names.Where(CheckpointNames.IsDirectory).Should().Equal("iteration-000000000003");
    }

    [Fact]
    public void Fit_Evaluation_IsLoggedWithItsWarningsOnce()
    {
        using var log = new EventLog();
        using var gan = Toy.Builder(_generator, _discriminator).WithLogger(log).Build();

        gan.Fit(_batches, Options(6, interval: 3, distance: 1));

        var lines = log.Events.Where(entry => entry.Id == 15).Select(entry => entry.Message).ToList();
        lines.Should().HaveCount(2);
        lines[0].Should().MatchRegex(@"^Evaluated iteration 3 in 00:00:\S+: Frechet 6, kernel \S+, precision \S+, recall \S+, density \S+, coverage \S+; the best so far$");
        lines[1].Should().NotContain("the best");
        log.Events.Where(entry => entry.Id == 16).Should().HaveCount(4).And.OnlyHaveUniqueItems();
    }

    private FitOptions Options(long iterations, long interval, double distance) => Options(iterations, interval, () => distance);

    private FitOptions Options(long iterations, long interval, Func<double> distance) => new()
    {
        Iterations = iterations,
        Evaluation = new EvaluationOptions { Quality = _quality, Features = new ScriptedFeatures(_real, distance), Interval = interval, Samples = 40 },
    };

    private CheckpointOptions Checkpoints(long interval) => new()
    {
        Directory = _folder.Path,
        Interval = interval,
        Retention = new CheckpointRetention { KeepLast = 1 },
    };

    private long BestIteration() => Checkpoint.Open(_folder["best"]).Manifest.Iteration;

    private Gan Build() => Toy.Builder(_generator, _discriminator).Build();

    private void Rebuild()
    {
        _gan.Dispose();
        _gan = Build();
    }

    private sealed class Watcher(Action<EvaluationResult> onEvaluation) : ITrainingCallback
    {
        public List<(long Iteration, long? Evaluated)> Progressed { get; } = [];

        public void OnEvaluation(Gan gan, EvaluationResult evaluation) => onEvaluation(evaluation);

        public void OnProgress(Gan gan, TrainingProgress progress)
        {
            if (progress.Iteration is 3 or 4 or 5 or 8 or 9 or 10)
            {
                Progressed.Add((progress.Iteration, progress.Evaluation?.Iteration));
            }
        }
    }
}
