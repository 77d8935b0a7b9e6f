using TorchSharp;

namespace AdversarialKit.Tests.Images;

public sealed class ReplacingFileTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Complete_Once_ReplacesTheFile()
    {
        File.WriteAllText(_world.InFolder("x"), "old");
        using (var file = new ReplacingFile(_world.InFolder("x")))
        {
            file.Stream.Write("new"u8);
            File.ReadAllText(_world.InFolder("x")).Should().Be("old");
            file.Complete();
        }

        File.ReadAllText(_world.InFolder("x")).Should().Be("new");
        Names().Should().Equal("x");
    }

    [LinuxFact]
    public void Dispose_DiskFullAtTheLastBytes_ThrowsAndLeavesNoFile()
    {
        var file = new ReplacingFile(_world.InFolder("x"));
        FullDisk.Under(file.TemporaryPath);
        file.Stream.Write("in the buffer until it is disposed"u8);

        file.Invoking(f => f.Dispose()).Should().Throw<IOException>();

        Names().Should().BeEmpty();
    }

    [LinuxTheory]
    [InlineData("images.gz")]
    [InlineData("images")]
    public void IdxImageWriter_DiskFull_LeavesNoFile(string name)
    {
        var write = () =>
        {
            using var writer = new IdxImageWriter(_world.InFolder(name), 3);
            FullDisk.Under(Path.Combine(_world.Folder, Names().Single()));
            using var images = torch.zeros([3, 1, 28, 28], dtype: torch.ScalarType.Byte);
            writer.Append(images);
            writer.Complete();
        };

        write.Should().Throw<IOException>();
        Names().Should().BeEmpty();
    }

    [Fact]
    public void New_WhereARunWasKilled_SweepsWhatItLeftAndNothingElse()
    {
        const string Dead = ".adversarialkit-0123456789abcdef0123456789abcdef.tmp";
        const string Young = ".adversarialkit-1123456789abcdef0123456789abcdef.tmp";
        string[] others = ["notes.tmp", "x.4711.tmp", ".adversarialkit-0123.tmp"];
        Array.ForEach([.. others, Dead, Young], name => File.WriteAllText(_world.InFolder(name), "half"));
        Array.ForEach([.. others, Dead], name => File.SetLastWriteTimeUtc(_world.InFolder(name), DateTime.UtcNow.AddMinutes(-1)));
        using var alive = new ReplacingFile(_world.InFolder("alive"));
        File.SetLastWriteTimeUtc(alive.TemporaryPath, DateTime.UtcNow.AddMinutes(-1));

        using (var file = new ReplacingFile(_world.InFolder("x")))
        {
            file.Complete();
        }

        Names().Should().BeEquivalentTo([.. others, Young, Path.GetFileName(alive.TemporaryPath), "x"]);
    }

    private IEnumerable<string> Names() => Directory.EnumerateFiles(_world.Folder).Select(path => Path.GetFileName(path));
}
