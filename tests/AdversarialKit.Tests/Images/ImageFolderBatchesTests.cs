using SkiaSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class ImageFolderBatchesTests
{
    private static readonly ImageFolderOptions _small = new() { Width = 8, Height = 8, Channels = 1 };

    [Fact]
    public void NextBatch_Shuffled_HoldsEachPictureOnceAnEpochInAnotherOrder()
    {
        using var folder = PictureFolder.OfGreys(12);
        using var batches = Batches.FromImageFolder(folder.Path, 4, _small);

        int[] first = [.. Pixels.Greys(batches), .. Pixels.Greys(batches), .. Pixels.Greys(batches)];
        int[] second = [.. Pixels.Greys(batches), .. Pixels.Greys(batches), .. Pixels.Greys(batches)];

        batches.BatchesPerEpoch.Should().Be(3);
        first.Should().BeEquivalentTo(Enumerable.Range(0, 12).Select(i => 10 * i)).And.NotBeInAscendingOrder();
        second.Should().BeEquivalentTo(first).And.NotEqual(first);
    }

    [Fact]
    public void NextBatch_WithReplacement_DrawsFromAll()
    {
        using var folder = PictureFolder.OfGreys(3);
        using var batches = Batches.FromImageFolder(folder.Path, 64, _small with { Sampling = Sampling.WithReplacement });

        var greys = Pixels.Greys(batches);

        greys.Should().HaveCount(64);
        greys.Distinct().Should().BeEquivalentTo([0, 10, 20]);
    }

    [Fact]
    public void NextBatch_FilesMadeInAnotherOrder_AreTheSame()
    {
        using var upwards = PictureFolder.OfGreys(12);
        using var downwards = new PictureFolder();
        for (var i = 11; i >= 0; i--)
        {
            downwards.AddGrey($"{i:D2}.png", (byte)(10 * i));
        }

        using var one = Batches.FromImageFolder(upwards.Path, 4, _small);
        using var other = Batches.FromImageFolder(downwards.Path, 4, _small);

        Pixels.Greys(one).Should().Equal(Pixels.Greys(other));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(4, 1 << 20)]
    [InlineData(3, 700)]
    public void NextBatch_AnyThreadsAndCache_IsTheSameToTheBit(int threads, long cacheBytes)
    {
        using var folder = Textured(10);
        var options = new ImageFolderOptions { Width = 8, Height = 6, Flip = true, CropMargin = 3, Seed = 5 };

        var expected = Draw(folder, options with { Threads = 1 }, 9);
        var drawn = Draw(folder, options with { Threads = threads, CacheBytes = cacheBytes }, 9);

        drawn.Should().Equal(expected);
        Draw(folder, options with { Seed = 6 }, 9).Should().NotEqual(expected);
    }

    [Fact]
    public void NextBatch_Flip_MirrorsAboutHalfAndNothingElse()
    {
        using var folder = new PictureFolder();
        folder.Add("ramp.png", PictureFolder.Encode(8, 8, (x, _) => new SKColor((byte)(30 * x), 0, 0)));
        using var batches = Batches.FromImageFolder(
            folder.Path, 200, new ImageFolderOptions { Width = 8, Height = 8, Flip = true, Sampling = Sampling.WithReplacement });
        using var scope = NewDisposeScope();

        var rows = Pixels.Of(batches.NextBatch()!.Value.Real).Chunk(8 * 8 * 3).Select(image => image.Take(8 * 3).Where((_, i) => i % 3 == 0).ToArray()).ToArray();

        byte[] straight = [0, 30, 60, 90, 120, 150, 180, 210];
        rows.Count(row => row.SequenceEqual(straight)).Should().BeInRange(70, 130);
        rows.Should().OnlyContain(row => row.SequenceEqual(straight) || row.SequenceEqual(straight.Reverse()));
    }

    [Fact]
    public void NextBatch_CropMargin_TakesWindowsFromAllPlaces()
    {
        using var folder = new PictureFolder();
        folder.Add("places.png", PictureFolder.Encode(10, 10, (x, y) => new SKColor((byte)(20 * x), (byte)(20 * y), 0)));
        using var batches = Batches.FromImageFolder(
            folder.Path, 300, new ImageFolderOptions { Width = 8, Height = 8, CropMargin = 2, Sampling = Sampling.WithReplacement });
        using var scope = NewDisposeScope();

        var corners = Pixels.Of(batches.NextBatch()!.Value.Real).Chunk(8 * 8 * 3).Select(image => (image[0], image[1])).Distinct();

        corners.Should().BeEquivalentTo(from x in new byte[] { 0, 20, 40 } from y in new byte[] { 0, 20, 40 } select (x, y));
    }

    [Fact]
    public void SetState_OfARunThatWentOn_GivesTheVeryNextBatches()
    {
        using var folder = Textured(10);
        var options = new ImageFolderOptions { Width = 8, Height = 6, Flip = true, CropMargin = 3, Seed = 5 };
        using var scope = NewDisposeScope();
        using var first = Batches.FromImageFolder(folder.Path, 4, options);
        using var resumed = Batches.FromImageFolder(folder.Path, 4, options with { Seed = 99, Threads = 3 });
        for (var i = 0; i < 5; i++)
        {
            first.NextBatch();
        }

        _ = resumed.NextBatch();
        resumed.SetState(first.GetState());

        for (var i = 0; i < 6; i++)
        {
            Pixels.Of(resumed.NextBatch()!.Value.Real).Should().Equal(Pixels.Of(first.NextBatch()!.Value.Real));
        }
    }

    [Fact]
    public void SetState_OfOtherPictures_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var twelve = PictureFolder.OfGreys(12);
        using var ten = PictureFolder.OfGreys(10);
        using var renamed = PictureFolder.OfGreys(9);
        renamed.AddGrey("other.png", 90);
        using var batches = Batches.FromImageFolder(ten.Path, 4, _small);
        var ofTwelve = Batches.FromImageFolder(twelve.Path, 4, _small);
        var ofRenamed = Batches.FromImageFolder(renamed.Path, 4, _small);

        batches.Invoking(b => b.SetState(ofTwelve.GetState())).Should().Throw<ArgumentException>().WithMessage(
            "The state is of batches of 4 from 12 pictures (Shuffled), at batch 0; these are batches of 4 from 10 pictures (Shuffled). (Parameter 'state')");
        batches.Invoking(b => b.SetState(ofRenamed.GetState())).Should().Throw<ArgumentException>().WithMessage(
            "The state is of 10 pictures of other names: files were renamed, or exchanged for others. The order of batches hangs on them. (Parameter 'state')");
    }

    [Fact]
    public void NextBatch_LabelsFromFolders_KeepsNamesInOrder()
    {
        using var folder = new PictureFolder();
        folder.AddGrey("zebra/a.png", 10);
        folder.AddGrey("ant/b.png", 20);
        folder.AddGrey("ant/deep/er/c.PNG", 30);
        folder.AddGrey("Bee/d.png", 40);
        folder.AddGrey(".hidden/e.png", 50);
        folder.AddGrey("ant/._f.png", 60);
        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(folder.Path, 4, _small with { LabelsFromFolders = true });

        var (real, labels) = batches.NextBatch()!.Value;

        batches.ClassNames.Should().Equal("Bee", "ant", "zebra");
        var greys = Pixels.Of(real).Where((_, i) => i % 64 == 0);
        greys.Zip(labels!.data<long>().ToArray()).Should().BeEquivalentTo<(byte, long)>([(10, 2), (20, 1), (30, 1), (40, 0)]);
    }

    [Fact]
    public void NextBatch_LinkToTheFolderAbove_IsFollowedOnce()
    {
        using var folder = PictureFolder.OfGreys(3);
        Directory.CreateSymbolicLink(folder["loop"], folder.Path);

        using var batches = Batches.FromImageFolder(folder.Path, 3, _small);

        batches.Count.Should().Be(3);
    }

    [Fact]
    public void NextBatch_AfterDispose_Throws()
    {
        using var folder = PictureFolder.OfGreys(3);
        var batches = Batches.FromImageFolder(folder.Path, 3, _small);
        batches.Dispose();

        batches.Invoking(b => b.NextBatch()).Should().Throw<ObjectDisposedException>();
    }

    private static PictureFolder Textured(int count)
    {
        var folder = new PictureFolder();
        for (var i = 0; i < count; i++)
        {
            folder.Add($"{i}.png", PictureFolder.Encode(17, 13, (x, y) => new SKColor((byte)(x * 15), (byte)(y * 19), (byte)(i * 20))));
        }

        return folder;
    }

    private static byte[] Draw(PictureFolder folder, ImageFolderOptions options, int count)
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(folder.Path, 4, options);
        return [.. Enumerable.Range(0, count).SelectMany(_ => Pixels.Of(batches.NextBatch()!.Value.Real))];
    }
}
