using MnistGan;
using TorchSharp;

namespace AdversarialKit.Tests;

public sealed class TrainingTests : IDisposable
{
    private readonly SampleWorld _world = new();
    private readonly Dataset _digits = DrawnDigits.Draw(64, seed: 3);

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

        summary.Should().BeEquivalentTo(new { Iterations = 8L, Before = 5L, Stopped = false });
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
        stop.CancelAfter(TimeSpan.FromMilliseconds(300));

        var summary = Run("out", 1_000_000, resume: false, stop.Token);

        summary.Stopped.Should().BeTrue();
        summary.Iterations.Should().BePositive();
        Checkpoint.Open(OutputFolder.Checkpoints(_world.InFolder("out"))).Manifest.Iteration.Should().Be(summary.Iterations);
        File.Exists(Sheet("out", "final.png")).Should().BeTrue();
    }

    private RunSummary Run(string folder, int iterations, bool resume, CancellationToken token = default)
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
        return MnistGan.Training.Run(options, _digits, new NoDisplay(), token);
    }

    private string Sheet(string folder, string name) => Path.Combine(_world.InFolder(folder), "images", name);

    private IEnumerable<string> Sums(string folder) => Checkpoint.Open(OutputFolder.Checkpoints(_world.InFolder(folder)))
        .Manifest.Files.Select(file => $"{file.Group} {file.Sha256}");

    private sealed class NoDisplay : IProgressDisplay
    {
        public void Report(long iteration, double discriminatorLoss, double accuracy, double generatorLoss)
        {
        }
    }
}
