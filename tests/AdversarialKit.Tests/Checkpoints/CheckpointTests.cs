using System.Security.Cryptography;
using System.Text;
using TorchSharp;

namespace AdversarialKit.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_RootCheckpointAndPointers_FindTheSame()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3, metric: 1);

        foreach (var path in new[] { _folder.Path, directory, _folder["latest"], _folder["best"], directory + Path.DirectorySeparatorChar })
        {
            Checkpoint.Open(path).Manifest.Iteration.Should().Be(3, path);
        }
    }

    [Fact]
    public void Open_Nothing_SaysWhatIsMissing()
    {
        var open = (string path) => ((Action)(() => Checkpoint.Open(path))).Should().Throw<CheckpointException>();

        open(_folder["none"]).WithMessage($"'{_folder["none"]}': There is no such checkpoint.");
        open(_folder.Path).WithMessage($"'{_folder.Path}': This directory is no checkpoint, which would hold 'manifest.json', and no root of checkpoints, which would hold 'latest'.");
    }

    [Theory]
    [InlineData("../elsewhere", "The file must name a checkpoint beside it, such as 'iteration-000000001000', but holds '../elsewhere'.")]
    [InlineData("/etc", "The file must name a checkpoint beside it, such as 'iteration-000000001000', but holds '/etc'.")]
    [InlineData("iteration-000000000009\n", "The file names 'iteration-000000000009', and that directory is missing.")]
    [InlineData("", "The file has 0 bytes; 1 to 256 are allowed.")]
    public void Open_FaultyLatest_NamesTheFault(string content, string fault)
    {
        CheckpointSamples.Write(_folder.Path, 3);
        File.WriteAllText(_folder["latest"], content);

        var open = () => Checkpoint.Open(_folder.Path);

        open.Should().Throw<CheckpointException>().WithMessage($"'{_folder["latest"]}': {fault}");
        Checkpoint.OpenNewestWhole(_folder.Path).Manifest.Iteration.Should().Be(3);
    }

    [Fact]
    public void Open_FlippedBit_NamesTheFile()
    {
        var file = Path.Combine(CheckpointSamples.Write(_folder.Path, 3), "generator.safetensors");
        Damage(file, bytes => bytes[^1] ^= 1);

        var open = () => Checkpoint.Open(_folder.Path);

        open.Should().Throw<CheckpointException>().WithMessage($"'{file}': The file does not match the SHA-256 in the manifest: it was altered or damaged.");
    }

    [Fact]
    public void Open_CutOrMissingFile_NamesIt()
    {
        var file = Path.Combine(CheckpointSamples.Write(_folder.Path, 3), "state.safetensors");
        var length = new FileInfo(file).Length;
        var open = () => Checkpoint.Open(_folder.Path);

        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^3]);
        open.Should().Throw<CheckpointException>().WithMessage($"'{file}': The file has {length - 3} bytes, and {length} by the manifest: it was cut or replaced.");
        File.Delete(file);
        open.Should().Throw<CheckpointException>().WithMessage($"'{file}': The file is missing, although the manifest names it.");
    }

    [Fact]
    public void Open_AlteredManifest_NamesIt()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3);
        var manifest = Path.Combine(directory, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"seed\": \"42\"", "\"seed\": \"43\"", StringComparison.Ordinal));

        var open = () => Checkpoint.Open(directory);

        open.Should().Throw<CheckpointException>().WithMessage($"'{manifest}': The manifest does not match its SHA-256 in 'manifest.json.sha256': one of the two was altered or damaged.");
    }

    [Fact]
    public void Open_NewerFormat_SaysToUpdate()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3);
        var manifest = Path.Combine(directory, "manifest.json");
        File.WriteAllText(manifest, """{"formatVersion":2,"library":"9.0.0","shards":[{"anything":1}]}""");

        var open = () => Checkpoint.Open(directory);

        open.Should().Throw<CheckpointException>().WithMessage($"'{manifest}': The checkpoint has format version 2, written by AdversarialKit '9.0.0'. This library, version {ManifestFile.LibraryVersion}, reads format version 1. Update AdversarialKit to load it.");
    }

    [Theory]
    [InlineData("\"group\": \"generator\"", "\"group\": \"../generator\"", "The manifest names the group '../generator'; a group has 1 to 64 lower-case letters, digits and hyphens, and no path.")]
    [InlineData("\"group\": \"state\"", "\"group\": \"generator\"", "The manifest names the group 'generator' twice.")]
    [InlineData("\"formatVersion\": 1", "\"formatVersion\": 0", "The manifest names the format version 0; there is only 1.")]
    [InlineData("\"iteration\": 3", "\"iteration\": -3", "The manifest's 'iteration' is -3; a count is from 0 to 1000000000000000000.")]
    [InlineData("\"description\": \"A GAN of two layers.\"", "\"description\": null", "The manifest holds null where that is not allowed.")]
    [InlineData("\"group\": \"state\"", "\"group\": null", "The manifest describes a file incompletely.")]
    [InlineData("\"iteration\": 3", "\"code\": 3", "The manifest is not the JSON of a checkpoint. *")]
    [InlineData("\"length\"", "\"size\"", "The manifest is not the JSON of a checkpoint. *")]
    public void Open_HostileManifestWithTheRightSum_NamesTheFault(string before, string after, string fault)
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3);
        Forge(directory, manifest => manifest.Replace(before, after, StringComparison.Ordinal));

        var open = () => Checkpoint.Open(directory);

        open.Should().Throw<CheckpointException>().WithMessage($"'{Path.Combine(directory, "manifest.json")}': {fault}");
    }

    [Fact]
    public void Open_ManifestThatTellsOtherShapes_IsRefused()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3);
        Forge(directory, manifest => manifest.Replace("\"0.weight\"", "\"1.weight\"", StringComparison.Ordinal));

        var open = () => Checkpoint.Open(directory);

        open.Should().Throw<CheckpointException>().WithMessage($"'{Path.Combine(directory, "generator.safetensors")}': The names, types or shapes of the tensors differ from those in the manifest.");
    }

    [Fact]
    public void Load_UnknownGroup_NamesThoseThereAre()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 1);

        var load = () => Checkpoint.Open(directory).Load("ema");

        load.Should().Throw<CheckpointException>().WithMessage($"'{directory}': The checkpoint has no group 'ema'; it has generator, state.");
    }

    [Fact]
    public void Load_FileChangedSinceOpen_IsRefused()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 1);
        var checkpoint = Checkpoint.Open(directory);
        Damage(Path.Combine(directory, "generator.safetensors"), bytes => bytes[^1] ^= 1);

        var load = () => checkpoint.Load("generator");

        load.Should().Throw<CheckpointException>().WithMessage("*does not match the SHA-256*");
    }

    [Fact]
    public void Open_EightHundredMutations_AreAllRefusedWithOurErrorAndLittleMemory()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3);
        var files = Directory.GetFiles(directory).Order(StringComparer.Ordinal).ToArray();
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var seed = 0; seed < 800; seed++)
        {
            var file = files[seed % files.Length];
            var valid = File.ReadAllBytes(file);
            var mutant = Mutation.Of(valid, seed, isText: !file.EndsWith(".sha256", StringComparison.Ordinal));
            if (mutant.AsSpan().SequenceEqual(valid))
            {
                continue;
            }

            File.WriteAllBytes(file, mutant);
            OpenIsRefused(directory, seed);
            File.WriteAllBytes(file, valid);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
        Checkpoint.Open(directory).FirstWeight().Should().Be(3f);
    }

    private static void OpenIsRefused(string directory, int seed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var open = () => Checkpoint.Open(directory);

        open.Should().Throw<CheckpointException>("mutation {0} must be seen", seed).Which.FilePath.Should().StartWith(directory);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(2 << 20, "mutation {0}", seed);
    }

    private static void Damage(string path, Action<byte[]> damage)
    {
        var bytes = File.ReadAllBytes(path);
        damage(bytes);
        File.WriteAllBytes(path, bytes);
    }

    private static void Forge(string directory, Func<string, string> change)
    {
        var path = Path.Combine(directory, "manifest.json");
        var forged = Encoding.UTF8.GetBytes(change(File.ReadAllText(path)));
        File.WriteAllBytes(path, forged);
        File.WriteAllText(path + ".sha256", $"{Convert.ToHexString(SHA256.HashData(forged)).ToLowerInvariant()}  manifest.json\n");
    }
}
