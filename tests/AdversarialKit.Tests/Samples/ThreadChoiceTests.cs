using AdversarialKit.Tests.Training;
using MnistGan;
using TorchSharp;

namespace AdversarialKit.Tests.Samples;

public sealed class ThreadChoiceTests : IDisposable
{
    private readonly RichGan _rich = new(Sampling.Shuffled);
    private readonly TorchTuning _tuning = TorchTuning.Apply(new TorchTuningOptions { Waiting = false, Allocator = false, Float32Products = false, Threads = false });
    private readonly SampleWorld _world = new();
    private readonly Digits _digits = new("digits", ImageDataSets.DrawnDigits(64, seed: 3), null, "64 digits");

    public ThreadChoiceTests() => torch.set_num_threads(2);

    public void Dispose()
    {
        torch.set_num_threads(1);
        _tuning.Dispose();
        _rich.Dispose();
        _digits.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Make_NewRun_MeasuresOnBatchesOfItsOwnAndSaysWhatItFound()
    {
        Make(new Options { BatchSize = 2 }, null, _tuning);

        // What an iteration takes is the machine's business; what is said is what is done.
        var threads = torch.get_num_threads();
        _world.Output.Should().StartWith(threads == 1 ? "Tuning: An iteration takes 1 instead of 2 threads" : "Tuning: The number of threads stays 2: ");
        threads.Should().BeInRange(1, 2);
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
        _world.Output.Should().BeEmpty();
    }

    [Fact]
    public void Make_ThreadsGiven_LeavesThem()
    {
        Make(new Options { Threads = 2 }, null, _tuning);

        torch.get_num_threads().Should().Be(2);
        _world.Output.Should().BeEmpty();
    }

    [Fact]
    public void Make_NotTuned_LeavesThem()
    {
        Make(new Options { Tuning = false }, null, null);

        torch.get_num_threads().Should().Be(2);
    }

    private void Make(Options options, CheckpointInfo? resumed, TorchTuning? tuning)
    {
        using var sample = SampleGan.Create(options);
        new MnistGan.Training(options, _digits, _world.Around, null, tuning).ChooseThreads(sample.Gan, resumed);
    }
}
