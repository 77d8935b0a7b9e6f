using System.Globalization;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>More than three hundred files that are broken, or look it, in one folder.</summary>
public sealed class OddPictureFilesTests
{
    private const int MostPixels = 1 << 20;
    private const int Threads = 2;

    private static readonly ImageFolderOptions _options = new()
    {
        Width = 8,
        Height = 8,
        Channels = 1,
        Broken = BrokenImages.Skip,
        MaxPixels = MostPixels,
        Threads = Threads,
        CacheBytes = 1 << 20,
    };

    [Fact]
    public void NextBatch_300OddFiles_NamesTheBrokenOnesWithinTheStatedMemory()
    {
        using var folder = new PictureFolder();
        foreach (var (name, content) in OddPictures.Broken().Concat(OddPictures.Disguised()).Concat(OddPictures.Flipped()))
        {
            folder.Add(name, content);
        }

        using var scope = NewDisposeScope();
        var count = Directory.GetFiles(folder.Path).Length;
        using var batches = Batches.FromImageFolder(folder.Path, count, _options);
        var before = StartPeak();

        var batch = batches.NextBatch()!.Value.Real;

        var named = batches.Broken.Select(broken => Path.GetFileName(broken.Path)).ToArray();
        count.Should().BeGreaterThan(300);
        batch.shape.Should().Equal(count, 1, 8, 8);
        named.Should().Contain(OddPictures.Broken().Select(file => file.Name)).And.NotContain(OddPictures.Disguised().Select(file => file.Name));
        batches.Broken.Should().OnlyContain(broken => broken.Reason.Length > 0 && !broken.Reason.Contains('\n'));
        // 20 bytes a pixel for the one picture that each thread has in hand; the rest is the runtime's own.
        (Peak() - before).Should().BeLessThan((Threads * 20L * MostPixels) + (32 << 20));
    }

    [Fact]
    public void NextBatch_PipesAndDevices_AreNamedAndNotWaitedFor()
    {
        using var folder = new PictureFolder();
        folder.AddGrey("sound.png", 70);
        foreach (var kind in OddFile.Names)
        {
            OddFile.Put(kind, folder[$"{kind.Replace('/', '-')}.png"]);
        }

        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(folder.Path, OddFile.Names.Count + 1, _options);

        OddFile.InTime(() => Pixels.Greys(batches).Should().OnlyContain(grey => grey == 70));

        batches.Broken.Should().HaveCount(OddFile.Names.Count).And.OnlyContain(broken => broken.Reason == "is empty, or a pipe or device");
    }

    private static long StartPeak()
    {
        if (OperatingSystem.IsLinux())
        {
            // The kernel's way to begin a new peak: that of this process so far may be higher.
            File.WriteAllText("/proc/self/clear_refs", "5");
        }

        return Peak();
    }

    private static long Peak() => OperatingSystem.IsLinux()
        ? long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))[6..^2], CultureInfo.InvariantCulture) << 10
        : 0;
}
