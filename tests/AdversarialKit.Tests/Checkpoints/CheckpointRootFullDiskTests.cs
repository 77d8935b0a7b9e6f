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

    /// <summary>A disk with so many bytes left, for all files together.</summary>
    private sealed class SmallDisk(long left)
    {
        private long _left = left;

        public Stream Create(string path) => new FullStream(this, path);

        private sealed class FullStream(SmallDisk disk, string path) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
        {
            public override void Write(ReadOnlySpan<byte> buffer)
            {
                disk._left -= buffer.Length;
                if (disk._left < 0)
                {
                    // As a real disk does it: a part is written.
                    base.Write(buffer[..Math.Max(0, buffer.Length / 2)]);
                    throw new IOException("No space left on device");
                }

                base.Write(buffer);
            }
        }
    }
}
