using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

public sealed class GanCheckpointTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SaveCheckpoint_Files_AreNamedAsPyTorchNamesThem()
    {
        using var scope = NewDisposeScope();
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(2);

        var path = rich.Gan.SaveCheckpoint(_folder.Path, batches: rich.Batches);

        Directory.GetFiles(path).Select(Path.GetFileName).Order(StringComparer.Ordinal).Should().Equal(
            "average.safetensors", "discriminator.safetensors", "generator.safetensors", "manifest.json", "manifest.json.sha256",
            "optimizer-discriminator.safetensors", "optimizer-generator.safetensors", "random.safetensors", "state.safetensors");
        string[] names =
        [
            "hidden.bias", "hidden.weight", "norm.bias", "norm.num_batches_tracked", "norm.running_mean", "norm.running_var", "norm.weight",
            "out.bias", "out.weight",
        ];
        Safetensors.Load(Path.Combine(path, "generator.safetensors")).Keys.Order(StringComparer.Ordinal).Should().Equal(names);
        Safetensors.Load(Path.Combine(path, "average.safetensors")).Keys.Order(StringComparer.Ordinal).Should().Equal(names);
    }

    [Fact]
    public void LoadCheckpoint_AfterPartsThatAllLookedReal_IsNotRefused()
    {
        // Twenty times 0.05 is a last bit more than 1.
        using var discriminator = Toy.Discriminator();
        using (no_grad())
        {
            discriminator.parameters().Last().fill_(100);
        }

        using var generator = Toy.Generator();
        using var real = Toy.Real(40);
        using var gan = Toy.Builder(generator, discriminator).WithGradientAccumulation(20).Build();
        gan.TrainStep(real);

        var path = gan.SaveCheckpoint(_folder.Path);

        gan.LoadCheckpoint(path);
    }

    [Fact]
    public void LoadCheckpoint_OfAnotherConfiguration_ListsAllAndTouchesNothing()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(2, new CheckpointOptions { Directory = _folder.Path });
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var before = (Snapshot.Of(generator), Snapshot.Of(discriminator));

        var load = () => gan.LoadCheckpoint(_folder.Path);

        var message = load.Should().Throw<CheckpointException>().Which.Message;
        message.Should().StartWith($"'{_folder["iteration-000000000002"]}': The checkpoint does not fit what was built, and nothing was loaded from it:");
        message.Should().Contain("- configuration: 'penalty' is '0.1 x LeCam (decay 0.99); 1 x R1 every 3 steps' in the checkpoint and none in use.")
            .And.Contain("- configuration: 'optimizers' is ")
            .And.Contain("- generator: 'hidden.weight' is F32 [32, 4] in the checkpoint and F32 [8, 4] in use.")
            .And.Contain("- discriminator: 'hidden.weight' is missing in the checkpoint; it should be F32 [8, 6].")
            .And.Contain("- state: 'penalty-0/real' is in the checkpoint and belongs to nothing that was built.")
            .And.Contain("- state: 'optimizer-generator' refused what the checkpoint holds. ");
        (Snapshot.Of(generator), Snapshot.Of(discriminator)).Should().Be(before);
        gan.Iteration.Should().Be(0);
    }

    [Fact]
    public void LoadCheckpoint_LatestDamaged_FallsBackWhereAsked()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(4, new CheckpointOptions { Directory = _folder.Path, Interval = 2 });
        var file = Path.Combine(_folder["iteration-000000000004"], "optimizer-generator.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

        var load = () => rich.Gan.LoadCheckpoint(_folder.Path, batches: rich.Batches);
        load.Should().Throw<CheckpointException>().Which.FilePath.Should().Be(file);
        rich.Gan.Iteration.Should().Be(4);

        var info = rich.Gan.LoadCheckpoint(_folder.Path, fallBack: true, rich.Batches);
        info.Should().BeEquivalentTo(new { Iteration = 2L, Path = _folder["iteration-000000000002"] });
        info.Skipped.Should().ContainSingle().Which.FilePath.Should().Be(file);
        rich.Gan.Iteration.Should().Be(2);
    }

    [Fact]
    public void LoadCheckpoint_OtherThreadsAndNoBatches_Warns()
    {
        using (var rich = new RichGan(Sampling.Shuffled))
        {
            rich.TrainTo(1, new CheckpointOptions { Directory = _folder.Path });
        }

        var log = new EventLog();
        using var other = new RichGan(Sampling.Shuffled, also: builder => builder.WithLogger(log));
        set_num_threads(2);
        try
        {
            other.Gan.LoadCheckpoint(_folder.Path);
        }
        finally
        {
            set_num_threads(1);
        }

        log.Events.Should().Contain((12, "The checkpoint was written with '1' threads and this process trains with 2: sums are taken in another order, so the last bits may differ from the unbroken run's"));
        log.Events.Select(entry => entry.Id).Should().Equal(1, 7, 12, 14);
    }

    [Fact]
    public void Fit_Log_HasStableIds()
    {
        var log = new EventLog();
        using var rich = new RichGan(Sampling.Shuffled, also: builder => builder.WithLogger(log));

        rich.TrainTo(3, new CheckpointOptions { Directory = _folder.Path, Interval = 2 });

        log.Events.Select(entry => entry.Id).Should().Equal(1, 4, 3, 3, 6, 3, 5, 6, 11);
    }

    [Theory]
    [InlineData(true, "average")]
    [InlineData(false, "generator")]
    public void LoadGenerator_IntoAModule_TakesAverageOrLiveWeights(bool preferAverage, string file)
    {
        using var scope = NewDisposeScope();
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(3, new CheckpointOptions { Directory = _folder.Path });
        using var other = new RichGan(Sampling.Shuffled, seed: 3);

        CheckpointWeights.LoadGenerator(_folder.Path, other.Generator, preferAverage);

        var saved = Safetensors.Load(Path.Combine(_folder["iteration-000000000003"], $"{file}.safetensors"));
        other.Generator.state_dict().Should().OnlyContain(entry => saved[entry.Key].Equals(entry.Value));
    }

    [Fact]
    public void LoadGenerator_OfAnotherShape_ListsAllAndTouchesNothing()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(1, new CheckpointOptions { Directory = _folder.Path });
        using var generator = Toy.Generator();
        var before = Snapshot.Of(generator);

        var load = () => CheckpointWeights.LoadGenerator(_folder.Path, generator);

        load.Should().Throw<CheckpointException>().WithMessage("*- average: 'hidden.weight' is F32 [32, 4] in the checkpoint and F32 [8, 4] in use.*'out.bias' is*");
        Snapshot.Of(generator).Should().Be(before);
    }

    [Fact]
    public void LoadCheckpoint_OfSomethingElse_SaysSo()
    {
        var path = CheckpointSamples.Write(_folder.Path, 5);
        using var rich = new RichGan(Sampling.Shuffled);

        var load = () => rich.Gan.LoadCheckpoint(_folder.Path);

        load.Should().Throw<CheckpointException>().WithMessage(
            $"'{Path.Combine(path, "manifest.json")}': The value 'realSign' is missing: this is no checkpoint of a GAN or another system.");
    }

    [Fact]
    public void LoadCheckpoint_BatchesThatWereNotSaved_Refuses()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(1);
        rich.Gan.SaveCheckpoint(_folder.Path);

        var load = () => rich.Gan.LoadCheckpoint(_folder.Path, batches: rich.Batches);

        load.Should().Throw<CheckpointException>().WithMessage("*- state: 'batches' refused what the checkpoint holds. The state lacks 'random'; it was saved by something else.*");
    }

    [Fact]
    public void LoadCheckpoint_AgainAndAgain_LeavesNoTensorBehind()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(2, new CheckpointOptions { Directory = _folder.Path });
        rich.Gan.LoadCheckpoint(_folder.Path, batches: rich.Batches);
        var alive = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 20; i++)
        {
            rich.Gan.LoadCheckpoint(_folder.Path, batches: rich.Batches);
        }

        TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(alive);
    }

    [Fact]
    public void SaveCheckpoint_TwoLayersOfOneName_SaysSo()
    {
        using var generator = nn.Sequential(("a", nn.Linear(4, 6)), ("a", nn.Linear(6, 6)));
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();

        var save = () => gan.SaveCheckpoint(_folder.Path);

        save.Should().Throw<InvalidOperationException>().WithMessage("Two layers of the generator have the same name, and so 'a.*");
    }

    [Fact]
    public void Fit_TwoThousandIterations_LeavesTensorsAndFilesAsTheyWere()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        using var gan = Toy.Builder(generator, discriminator).WithGeneratorAverage(Ema.HalfLife(50)).Build();
        using var real = Toy.Real(40);
        using var batches = Batches.FromTensor(real, 8);
        var options = new FitOptions { Checkpoints = new CheckpointOptions { Directory = _folder.Path, Interval = 50 } };
        gan.Fit(batches, options with { Iterations = 100 });
        var (alive, files) = (TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount, Files());

        gan.Fit(batches, options with { Iterations = 2100 });

        // Other tests' processes and timers may open a handle or two meanwhile; 40 checkpoints of 8 files were written.
        TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(alive);
        Files().Should().BeLessThan(files + 20);

        static int Files() => OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : 0;
    }
}
