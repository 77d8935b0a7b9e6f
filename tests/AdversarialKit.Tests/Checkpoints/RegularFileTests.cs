namespace AdversarialKit.Tests;

/// <summary>Pipes and devices in a file's place are refused before they are opened.</summary>
public sealed class RegularFileTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public static TheoryData<string, string> Places
    {
        get
        {
            var places = new TheoryData<string, string>();
            foreach (var kind in OddFile.Names)
            {
                foreach (var file in (string[])["latest", "manifest.json", "manifest.json.sha256", "generator.safetensors", "state.safetensors"])
                {
                    places.Add(kind, file);
                }
            }

            return places;
        }
    }

    public void Dispose() => _folder.Dispose();

    [LinuxTheory]
    [MemberData(nameof(Places))]
    public void Open_OddFileOfACheckpoint_IsRefused(string kind, string name)
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3, metric: 1);
        var path = name == "latest" ? _folder[name] : Path.Combine(directory, name);
        OddFile.Put(kind, path);

        OddFile.InTime(() =>
        {
            var open = () => Checkpoint.Open(_folder.Path);
            open.Should().Throw<CheckpointException>().Which.FilePath.Should().Be(path);
            var fallBack = () => Checkpoint.OpenNewestWhole(_folder.Path);
            if (name == "latest")
            {
                fallBack.Should().NotThrow();
            }
            else
            {
                fallBack.Should().Throw<CheckpointException>();
            }
        });
    }

    [LinuxTheory]
    [MemberData(nameof(OddFile.Kinds), MemberType = typeof(OddFile))]
    public void Open_OddFileByItself_IsRefused(string kind)
    {
        OddFile.Put(kind, _folder["x"]);
        Action[] reads =
        [
            () => Safetensors.Load(_folder["x"]),
            () => Safetensors.ReadHeader(_folder["x"]),
        ];

        OddFile.InTime(() => reads.Should().AllSatisfy(read => read.Should().Throw<CheckpointException>()
            .WithMessage($"'{_folder["x"]}': The file is empty, or a pipe or a device; only regular files are read.")));
        OddFile.InTime(() => ((Action)(() => Checkpoint.Open(_folder["x"]))).Should().Throw<CheckpointException>());
    }

    [LinuxTheory]
    [MemberData(nameof(OddFile.Kinds), MemberType = typeof(OddFile))]
    public void Write_OddPointers_AreReplaced(string kind)
    {
        CheckpointSamples.Write(_folder.Path, 1, metric: 2);
        OddFile.Put(kind, _folder["latest"]);
        OddFile.Put(kind, _folder["best"]);

        OddFile.InTime(() => CheckpointSamples.Write(_folder.Path, 2, metric: 3));

        Checkpoint.Open(_folder["latest"]).FirstWeight().Should().Be(2f);
        Checkpoint.Open(_folder["best"]).FirstWeight().Should().Be(2f);
    }

    [LinuxFact]
    public void Open_LinksToRegularFiles_AreFollowed()
    {
        var directory = CheckpointSamples.Write(_folder.Path, 3);
        foreach (var file in Directory.GetFiles(directory))
        {
            File.Move(file, _folder["moved-" + Path.GetFileName(file)]);
            File.CreateSymbolicLink(file, _folder["moved-" + Path.GetFileName(file)]);
        }

        Checkpoint.Open(_folder.Path).FirstWeight().Should().Be(3f);
    }

    [LinuxFact]
    public void Open_LinksInACircle_AreRefused()
    {
        File.CreateSymbolicLink(_folder["a"], _folder["b"]);
        File.CreateSymbolicLink(_folder["b"], _folder["a"]);

        ((Action)(() => Safetensors.Load(_folder["a"]))).Should().Throw<CheckpointException>();
        ((Action)(() => Checkpoint.Open(_folder["a"]))).Should().Throw<CheckpointException>();
    }
}
