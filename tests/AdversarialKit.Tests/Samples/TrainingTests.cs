using MnistGan;
using TorchSharp;

namespace AdversarialKit.Tests;

public sealed class TrainingTests : IDisposable
{
    private readonly SampleWorld _world = new();
    private readonly Digits _digits = new("digits", ImageDataSets.DrawnDigits(64, seed: 3), null, "64 digits");

    public void Dispose()
    {
        _digits.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Run_StoppedAndResumed_LeavesWhatTheUnbrokenRunLeaves()
    {
        Run("unbroken", 8, resume: false);
        Run("broken", 5, resume: false);

        var summary = Run("broken", 8, resume: true);

        summary.Should().BeEquivalentTo(new { Result = new { Iterations = 8L }, Before = 5L, Stopped = false });
        Sums("broken").Should().Equal(Sums("unbroken"));
        foreach (var sheet in (string[])["0.png", "2.png", "4.png", "6.png", "final.png"])
        {
            File.ReadAllBytes(Sheet("broken", sheet)).Should().Equal(File.ReadAllBytes(Sheet("unbroken", sheet)), sheet);
        }
    }

    [Fact]
    public void Run_Cancelled_WritesACheckpointAndTheLastSheet()
    {
        using var stop = new CancellationTokenSource();

        var summary = Run("out", 1_000_000, resume: false, new NoDisplay { OnIteration = iteration => { if (iteration == 3) { stop.Cancel(); } } }, stop.Token);

        summary.Stopped.Should().BeTrue();
        summary.Result.Iterations.Should().Be(3);
        Checkpoint.Open(OutputFolder.Checkpoints(_world.InFolder("out"))).Manifest.Iteration.Should().Be(summary.Result.Iterations);
        File.Exists(Sheet("out", "final.png")).Should().BeTrue();
    }

    [Fact]
    public void Run_EvaluateEvery_TellsEachEvaluationAndKeepsTheBest()
    {
        using var data = TinyJudge.Data();
        var options = Evaluating("judged");
        using var judge = data.OpenJudge(options.Judge, _world.Around, CancellationToken.None);
        var display = new NoDisplay();
        torch.manual_seed(2);

        var summary = new MnistGan.Training(options, _digits, _world.Around, judge).Run(CancellationToken.None, display);
        Run("alone", 5, resume: false);

        display.Evaluations.Select(evaluation => evaluation.Iteration).Should().Equal(2, 4, 5);
        summary.Best.Should().BeSameAs(display.Evaluations.MinBy(evaluation => evaluation.Quality.Frechet));
        summary.Best!.Quality.Modes.Should().NotBeNull();
        Checkpoint.Open(summary.BestPath!).Manifest.Iteration.Should().Be(summary.Best.Iteration);
        File.Exists(Sheet("judged", "best.png")).Should().BeTrue();
        using (var kept = IdxFile.ReadImages(Path.Combine(options.OutputFolder, OutputFolder.BestName)))
        {
            kept.Values.shape.Should().Equal(30, 1, 28, 28);
        }

        Sums("judged").Where(IsOfTraining).Should().Equal(Sums("alone").Where(IsOfTraining), "evaluating changes no bit");
        File.ReadAllBytes(Sheet("judged", "final.png")).Should().Equal(File.ReadAllBytes(Sheet("alone", "final.png")));
    }

    [Fact]
    public void Run_StoppedInAnEvaluation_MakesUpForItWhenResumed()
    {
        using var data = TinyJudge.Data();
        var options = Evaluating("out");
        using var judge = data.OpenJudge(options.Judge, _world.Around, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var evaluations = 0;
        var stopping = new NoDisplay { OnEvaluating = share => { if (share == 0 && ++evaluations == 2) { stop.Cancel(); } } };
        var stopped = new MnistGan.Training(options, _digits, _world.Around, judge).Run(stop.Token, stopping);
        var display = new NoDisplay();

        var summary = new MnistGan.Training(options with { Resume = OutputFolder.Checkpoints(options.OutputFolder) }, _digits, _world.Around, judge)
            .Run(CancellationToken.None, display);

        stopped.Should().BeEquivalentTo(new { Stopped = true, Result = new { Iterations = 4L }, Best = new { Iteration = 2L } });
        display.Evaluations.Select(evaluation => evaluation.Iteration).Should().Equal(4, 5);
        summary.Before.Should().Be(4);
        summary.Best.Should().NotBeNull();
    }

    /// <summary>The file of states holds the evaluations as well.</summary>
    private static bool IsOfTraining(string sum) => !sum.StartsWith("state ", StringComparison.Ordinal);

    private Options Evaluating(string folder) => new()
    {
        Iterations = 5,
        BatchSize = 8,
        SampleInterval = 2,
        OutputFolder = _world.InFolder(folder),
        Export = 30,
        EvaluateEvery = 2,
        EvaluationSamples = 200,
        Judge = TinyJudge.Settings,
    };

    private RunSummary Run(string folder, int iterations, bool resume, NoDisplay? display = null, CancellationToken token = default)
    {
        var options = new Options
        {
            Iterations = iterations,
            BatchSize = 8,
            SampleInterval = 2,
            OutputFolder = _world.InFolder(folder),
            Resume = resume ? OutputFolder.Checkpoints(_world.InFolder(folder)) : null,
        };
        torch.manual_seed(resume ? 1 : 2);
        return new MnistGan.Training(options, _digits, _world.Around).Run(token, display ?? new NoDisplay());
    }

    private string Sheet(string folder, string name) => Path.Combine(_world.InFolder(folder), "images", name);

    private IEnumerable<string> Sums(string folder) => Checkpoint.Open(OutputFolder.Checkpoints(_world.InFolder(folder)))
        .Manifest.Files.Select(file => $"{file.Group} {file.Sha256}");

    private sealed class NoDisplay : ITrainingCallback, IProgress<double>
    {
        public List<EvaluationResult> Evaluations { get; } = [];

        public Action<double> OnEvaluating { get; init; } = _ => { };

        public Action<long> OnIteration { get; init; } = _ => { };

        public void OnProgress(Gan gan, TrainingProgress progress) => OnIteration(progress.Iteration);

        public void Report(double value) => OnEvaluating(value);

        public void OnEvaluation(Gan gan, EvaluationResult evaluation) => Evaluations.Add(evaluation);
    }
}
