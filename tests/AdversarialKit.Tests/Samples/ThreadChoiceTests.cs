using AdversarialKit.Tests.Training;
using MnistGan;
using TorchSharp;

namespace AdversarialKit.Tests.Samples;

public sealed class ThreadChoiceTests : IDisposable
{
    private readonly RichGan _rich = new(Sampling.Shuffled);
    private readonly TorchTuning _tuning = TorchTuning.Apply(new TorchTuningOptions { Waiting = false, Allocator = false, Float32Products = false, Threads = false });
    private readonly Told _told = new();
    private int _sources;

    public ThreadChoiceTests() => torch.set_num_threads(2);

    public void Dispose()
    {
        torch.set_num_threads(1);
        _tuning.Dispose();
        _rich.Dispose();
    }

    [Fact]
    public void Make_NewRun_MeasuresOnBatchesOfItsOwnAndSaysWhatItFound()
    {
        Make(new Options(), null, _tuning);

        _told.Outcomes.Should().ContainSingle().Which.Explanation.Should().StartWith("An iteration takes 1 instead of 2 threads");
        torch.get_num_threads().Should().Be(1);
        _sources.Should().Be(1);
    }

    [Fact]
    public void Make_ResumedRun_TakesAsManyAsItHad()
    {
        var folder = Directory.CreateTempSubdirectory("adversarialkit-").FullName;
        torch.set_num_threads(3);
        _rich.Gan.SaveCheckpoint(folder);
        torch.set_num_threads(2);
        var resumed = _rich.Gan.LoadCheckpoint(folder);
        Directory.Delete(folder, recursive: true);

        Make(new Options(), resumed, _tuning);

        resumed.Threads.Should().Be(3);
        torch.get_num_threads().Should().Be(3);
        _told.Outcomes.Should().BeEmpty();
    }

    [Fact]
    public void Make_ThreadsGiven_LeavesThem()
    {
        Make(new Options { Threads = 2 }, null, _tuning);

        torch.get_num_threads().Should().Be(2);
        _sources.Should().Be(0);
    }

    [Fact]
    public void Make_NotTuned_LeavesThem()
    {
        Make(new Options { Tuning = false }, null, null);

        torch.get_num_threads().Should().Be(2);
    }

    private void Make(Options options, CheckpointInfo? resumed, TorchTuning? tuning) => ThreadChoice.Make(
        options,
        _rich.Gan,
        () =>
        {
            _sources++;
            return new RichGan(Sampling.Shuffled).Batches;
        },
        resumed,
        tuning,
        _told);

    private sealed class Told : IProgressDisplay
    {
        public List<TuningOutcome> Outcomes { get; } = [];

        public void Tuned(TuningOutcome outcome) => Outcomes.Add(outcome);

        public void Report(long iteration, double discriminatorLoss, double accuracy, double generatorLoss)
        {
        }

        public void Evaluating(double share)
        {
        }

        public void Evaluated(EvaluationResult evaluation)
        {
        }
    }
}
