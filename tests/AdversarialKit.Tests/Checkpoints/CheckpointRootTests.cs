using TorchSharp;

namespace AdversarialKit.Tests;

public sealed class CheckpointRootTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_First_LeavesTheCheckpointTheLockAndLatest()
    {
        var written = CheckpointSamples.Write(_folder.Path, 1200);

        written.Should().Be(_folder["iteration-000000001200"]);
        _folder.Names.Should().Equal(".adversarialkit.lock", "iteration-000000001200", "latest");
        File.ReadAllText(_folder["latest"]).Should().Be("iteration-000000001200\n");
        Directory.GetFiles(written).Select(Path.GetFileName).Should()
            .BeEquivalentTo("generator.safetensors", "state.safetensors", "manifest.json", "manifest.json.sha256");
    }

    [Fact]
    public void Write_Then_OpenGivesBackWhatWasWritten()
    {
        CheckpointSamples.Write(_folder.Path, 7, metric: 1.5);

        var checkpoint = Checkpoint.Open(_folder.Path);

        checkpoint.Manifest.Should().BeEquivalentTo(new
        {
            FormatVersion = 1,
            Library = ManifestFile.LibraryVersion,
            Created = CheckpointSamples.Now,
            Sequence = 1L,
            Iteration = 7L,
            Description = "A GAN of two layers.",
            Metric = 1.5,
            Values = new Dictionary<string, string> { ["seed"] = "42", ["note"] = "" },
        });
        checkpoint.Manifest.Files.Select(file => file.Group).Should().Equal("generator", "state");
        checkpoint.Has("generator").Should().BeTrue();
        checkpoint.Has("ema").Should().BeFalse();
        checkpoint.FirstWeight().Should().Be(7f);
        checkpoint.Skipped.Should().BeEmpty();
    }

    [Fact]
    public void Write_More_KeepsTheLastAndTheBest()
    {
        var retention = new CheckpointRetention { KeepLast = 2 };
        double[] distances = [30, 12, 20, double.NaN, 15];
        for (var index = 0; index < distances.Length; index++)
        {
            CheckpointSamples.Write(_folder.Path, 100 * (index + 1), distances[index], retention);
        }

        _folder.Names.Should().Equal(
            ".adversarialkit.lock", "best", "iteration-000000000200", "iteration-000000000400", "iteration-000000000500", "latest");
        Checkpoint.Open(_folder["best"]).FirstWeight().Should().Be(200f);
        Checkpoint.Open(_folder["latest"]).FirstWeight().Should().Be(500f);
        Checkpoint.Open(_folder["iteration-000000000400"]).Manifest.Metric.Should().BeNull();
    }

    [Fact]
    public void Write_HigherIsBetter_KeepsTheHighest()
    {
        var retention = new CheckpointRetention { KeepLast = 1, MetricDirection = MetricDirection.HigherIsBetter };
        foreach (var (iteration, score) in new[] { (1, 2.0), (2, 5.0), (3, 4.0) })
        {
            CheckpointSamples.Write(_folder.Path, iteration, score, retention);
        }

        Checkpoint.Open(_folder["best"]).Manifest.Iteration.Should().Be(2);
    }

    [Fact]
    public void Write_AfterGoingBack_KeepsTheNewestWrittenNotTheHighestIteration()
    {
        var retention = new CheckpointRetention { KeepLast = 2 };
        foreach (var iteration in new long[] { 100, 200, 300, 120, 140 })
        {
            CheckpointSamples.Write(_folder.Path, iteration, retention: retention);
        }

        CheckpointListing.NewestFirst(_folder.Path, []).Select(entry => entry.Manifest.Iteration).Should().Equal(140, 120);
        Checkpoint.Open(_folder.Path).FirstWeight().Should().Be(140f);
    }

    [Fact]
    public void Write_SameIterationTwice_GetsANameOfItsOwn()
    {
        CheckpointSamples.Write(_folder.Path, 5);
        CheckpointSamples.Write(_folder.Path, 5);

        Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("iteration-000000000005", "iteration-000000000005.2");
        File.ReadAllText(_folder["latest"]).Should().Be("iteration-000000000005.2\n");
    }

    [Fact]
    public void Write_AfterAKilledRun_SweepsItsLeftoversAndNothingElse()
    {
        Directory.CreateDirectory(_folder[".adversarialkit-0123456789abcdef0123456789abcdef.tmp/sub"]);
        File.WriteAllText(_folder[".adversarialkit-00000000000000000000000000000000.tmp"], "half");
        Directory.CreateDirectory(_folder["iteration-mine"]);
        File.WriteAllText(_folder["notes.tmp"], "keep");

        CheckpointSamples.Write(_folder.Path, 1);

        _folder.Names.Should().Equal(".adversarialkit.lock", "iteration-000000000001", "iteration-mine", "latest", "notes.tmp");
    }

    [Fact]
    public void Write_CheckpointsThatCannotBeRead_AreNeitherCountedNorDeleted()
    {
        Directory.CreateDirectory(_folder["iteration-000000000001"]);
        var retention = new CheckpointRetention { KeepLast = 1 };

        CheckpointSamples.Write(_folder.Path, 2, retention: retention);
        CheckpointSamples.Write(_folder.Path, 3, retention: retention);

        Directory.GetDirectories(_folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("iteration-000000000001", "iteration-000000000003");
    }

    [Fact]
    public void Write_WhileAnotherWrites_SaysSo()
    {
        CheckpointSamples.Write(_folder.Path, 1);
        using var other = new FileStream(_folder[".adversarialkit.lock"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var write = () => CheckpointSamples.Write(_folder.Path, 2);

        write.Should().Throw<CheckpointException>().WithMessage($"'{_folder[".adversarialkit.lock"]}': Another run writes checkpoints to this directory, from this process or another one, and holds the lock until it ends. Give every run a directory of its own.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Generator")]
    [InlineData("../generator")]
    [InlineData("a.b")]
    [InlineData("nul")]
    public void Write_GroupThatCannotNameAFile_IsRefused(string group)
    {
        var content = CheckpointSamples.Content(1) with
        {
            Groups = new Dictionary<string, IReadOnlyDictionary<string, torch.Tensor>> { [group] = new Dictionary<string, torch.Tensor>() },
        };

        var write = () => new CheckpointRoot(_folder.Path, new CheckpointRetention()).Write(content);

        write.Should().Throw<ArgumentException>().WithMessage($"The group '{group}' cannot name a file; a group has 1 to 64 lower-case letters, digits and hyphens. (Parameter 'content')");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public void KeepLast_Zero_IsRefused()
    {
        var make = () => new CheckpointRetention { KeepLast = 0 };

        make.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Write_TwoRootsAtOnce_DoNotDisturbEachOther()
    {
        var writers = Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            for (var iteration = 1; iteration <= 10; iteration++)
            {
                CheckpointSamples.Write(_folder[$"run{number}"], (100 * number) + iteration);
            }
        })).ToArray();

        Array.ForEach(writers, writer => writer.Start());
        Array.ForEach(writers, writer => writer.Join());

        Checkpoint.Open(_folder["run0"]).FirstWeight().Should().Be(10f);
        Checkpoint.Open(_folder["run1"]).FirstWeight().Should().Be(110f);
    }
}
