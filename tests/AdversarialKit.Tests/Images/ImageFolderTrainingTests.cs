using AdversarialKit.Tests.Reporting;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>Whole runs on a folder of pictures.</summary>
public sealed class ImageFolderTrainingTests
{
    private static readonly ImageFolderOptions _options = new() { Width = 6, Height = 6, Channels = 1, Flip = true, CropMargin = 2, Seed = 4 };

    [Fact]
    public void Fit_StoppedAndResumed_EndsInTheSameBits()
    {
        using var folder = PictureFolder.OfGreys(10);
        using var checkpoints = new PictureFolder();
        using var unbroken = Gan();
        using (var batches = Batches.FromImageFolder(folder.Path, 4, _options))
        {
            unbroken.Fit(batches, new FitOptions { Iterations = 9 });
        }

        using (var first = Gan())
        using (var batches = Batches.FromImageFolder(folder.Path, 4, _options))
        {
            first.Fit(batches, new FitOptions { Iterations = 5 });
            first.SaveCheckpoint(checkpoints.Path, batches: batches);
        }

        using var resumed = Gan();
        using (var batches = Batches.FromImageFolder(folder.Path, 4, _options))
        {
            resumed.LoadCheckpoint(checkpoints.Path, batches: batches);
            resumed.Fit(batches, new FitOptions { Iterations = 9 });
        }

        Samples(resumed).Should().Equal(Samples(unbroken));
    }

    [Fact]
    public void Fit_OverThreeEpochs_KeepsMemoryWithinTheCacheAndFilesClosed()
    {
        using var folder = new PictureFolder();
        for (var i = 0; i < 200; i++)
        {
            folder.AddGrey($"{i}.png", (byte)i, size: 128);
        }

        // Without a limit 200 pictures of 128 x 128 x 3 would take 9.8 MB.
        var options = new ImageFolderOptions { Width = 128, Height = 128, CacheBytes = 2 << 20, Threads = 2 };
        using var batches = Batches.FromImageFolder(folder.Path, 10, options);
        Epoch(batches);
        var (memory, files) = (GC.GetTotalMemory(forceFullCollection: true), OpenFiles());

        Epoch(batches);
        Epoch(batches);

        (GC.GetTotalMemory(forceFullCollection: true) - memory).Should().BeLessThan(5 << 20);
        OpenFiles().Should().BeLessThanOrEqualTo(files + 2);
    }

    [Fact]
    public void ImageCache_Full_KeepsNoMoreThanItsLimit()
    {
        var cache = new ImageCache(100, bytesOfOne: 60, limit: 1000);

        for (var i = 0; i < 100; i++)
        {
            cache.Keep(i, new byte[60]);
            cache.Keep(i, new byte[60]);
        }

        Enumerable.Range(0, 100).Count(i => cache.Find(i) is not null).Should().Be(10);
    }

    private static void Epoch(ImageFolderBatches batches)
    {
        for (var i = 0L; i < batches.BatchesPerEpoch; i++)
        {
            using var scope = NewDisposeScope();
            _ = batches.NextBatch();
        }
    }

    private static int OpenFiles() => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;

    private static Gan Gan()
    {
        random.manual_seed(3);
        return PictureGan.Build(PictureGan.ImageGenerator(), PictureGan.ImageDiscriminator());
    }

    private static float[] Samples(Gan gan)
    {
        using var samples = gan.Sample(5);
        return samples.data<float>().ToArray();
    }
}
