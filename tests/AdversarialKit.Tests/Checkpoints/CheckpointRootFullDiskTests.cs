namespace AdversarialKit.Tests;

public sealed class CheckpointRootFullDiskTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_DiskFullAtAnyByte_LeavesTheEarlierCheckpointAndNothingElse()
    {
        CheckpointSamples.Write(_folder.Path, 1);
        var failures = 0;
        for (var budget = 0; ; budget += 61)
        {
            var disk = new SmallDisk(budget);
            try
            {
                CheckpointSamples.Write(_folder.Path, 2, create: disk.Create);
                break;
            }
            catch (CheckpointException error)
            {
                error.Message.Should().Contain("No space left on device");
                failures++;
            }

            _folder.Names.Where(name => name.EndsWith(".tmp", StringComparison.Ordinal)).Should().BeEmpty();
            Checkpoint.Open(_folder.Path).FirstWeight().Should().Be(1f);
        }

        failures.Should().BeGreaterThan(20);
        Checkpoint.Open(_folder.Path).FirstWeight().Should().Be(2f);
    }

    [Fact]
    public void Write_DiskFull_SaysWhatIsLeft()
    {
        var write = () => CheckpointSamples.Write(_folder.Path, 9, create: new SmallDisk(100).Create);

        write.Should().Throw<CheckpointException>()
            .WithMessage($"'{_folder.Path}': The checkpoint of iteration 9 could not be written; earlier ones are as they were. No space left on device");
        _folder.Names.Should().Equal(".adversarialkit.lock");
    }
}
