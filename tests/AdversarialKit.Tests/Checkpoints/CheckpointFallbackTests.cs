namespace AdversarialKit.Tests;

public sealed class CheckpointFallbackTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OpenNewestWhole_FaultyNewest_FallsBackAndReportsIt()
    {
        CheckpointSamples.Write(_folder.Path, 1);
        var second = CheckpointSamples.Write(_folder.Path, 2);
        var third = CheckpointSamples.Write(_folder.Path, 3);
        Damage(Path.Combine(second, "state.safetensors"), bytes => bytes[20] ^= 4);
        Damage(Path.Combine(third, "manifest.json"), bytes => bytes[0] = 0);

        // Relative, so that the paths that are compared inside are not spelled alike by chance.
        var checkpoint = Checkpoint.OpenNewestWhole(Path.GetRelativePath(Environment.CurrentDirectory, _folder.Path));

        checkpoint.FirstWeight().Should().Be(1f);
        checkpoint.Skipped.Select(fault => fault.FilePath).Should().Equal(Path.Combine(third, "manifest.json"), Path.Combine(second, "state.safetensors"));
    }

    [Fact]
    public void OpenNewestWhole_NoneWhole_NamesTheFaultOfEach()
    {
        var only = CheckpointSamples.Write(_folder.Path, 1);
        File.Delete(Path.Combine(only, "state.safetensors"));
        Directory.CreateDirectory(_folder["iteration-000000000000"]);

        var open = () => Checkpoint.OpenNewestWhole(_folder.Path);

        open.Should().Throw<CheckpointException>().WithMessage($"'{_folder.Path}': No checkpoint here is whole:{Environment.NewLine}- '{Path.Combine(only, "state.safetensors")}': The file is missing, although the manifest names it.{Environment.NewLine}- '{Path.Combine(_folder["iteration-000000000000"], "manifest.json")}': The file is missing.");
    }

    private static void Damage(string path, Action<byte[]> damage)
    {
        var bytes = File.ReadAllBytes(path);
        damage(bytes);
        File.WriteAllBytes(path, bytes);
    }
}
