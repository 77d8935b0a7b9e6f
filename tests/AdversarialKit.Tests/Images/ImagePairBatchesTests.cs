using SkiaSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class ImagePairBatchesTests
{
    private static readonly ImageFolderOptions _small = new() { Width = 8, Height = 8, Channels = 1 };

    [Fact]
    public void FromImagePairs_TwoFolders_PairsByNameWhateverTheEndings()
    {
        using var folder = new PictureFolder();
        for (var i = 0; i < 5; i++)
        {
            folder.AddGrey($"edges/{i}.png", (byte)(10 * i));
            folder.AddGrey($"photos/{i}.{(i == 2 ? "gif" : "png")}", (byte)(100 + (10 * i)));
        }

        using var batches = Batches.FromImagePairs(folder["edges"], folder["photos"], 5, _small);
        var (sources, targets) = Greys(batches);

        sources.Should().BeEquivalentTo([0, 10, 20, 30, 40]);
        targets.Should().Equal(sources.Select(grey => grey + 100));
    }

    [Fact]
    public void FromImagePairs_FlippedAndCropped_StayAligned()
    {
        using var folder = new PictureFolder();
        for (var i = 0; i < 4; i++)
        {
            var picture = PictureFolder.Encode(12, 12, (x, y) => new SKColor((byte)((x * 20) + i), (byte)((y * 20) + i), 0));
            folder.Add($"a/{i}.png", picture);
            folder.Add($"b/{i}.png", picture);
        }

        using var scope = NewDisposeScope();
        using var batches = Batches.FromImagePairs(
            folder["a"], folder["b"], 4, new ImageFolderOptions { Width = 8, Height = 8, CropMargin = 4, Flip = true });

        for (var i = 0; i < 10; i++)
        {
            var (target, source) = batches.NextBatch()!.Value;
            Pixels.Of(source!).Should().Equal(Pixels.Of(target));
        }
    }

    [Fact]
    public void FromImagePairs_PictureWithoutPartner_IsNamed()
    {
        using var folder = new PictureFolder();
        folder.AddGrey("a/1.png", 1);
        folder.AddGrey("b/1.png", 1);
        folder.AddGrey("b/2.png", 1);

        folder.Invoking(f => Batches.FromImagePairs(f["a"], f["b"], 1)).Should().Throw<ArgumentException>().WithMessage(
            $"'{folder["b/2.png"]}' has no partner of its name in '{folder["a"]}'. Add or remove it, or use Batches.FromUnpairedImages. (Parameter 'some')");
    }

    [Fact]
    public void FromImagePairs_OneSideBroken_SkipsThePair()
    {
        using var folder = new PictureFolder();
        for (var i = 0; i < 3; i++)
        {
            folder.AddGrey($"a/{i}.png", (byte)(10 * i));
            folder.AddGrey($"b/{i}.png", (byte)(100 + (10 * i)));
        }

        folder.Add("b/1.png", "broken"u8);
        using var batches = Batches.FromImagePairs(folder["a"], folder["b"], 3, _small with { Broken = BrokenImages.Skip });
        var (sources, targets) = Greys(batches);

        sources.Should().BeEquivalentTo([0, 20, 20]);
        targets.Should().Equal(sources.Select(grey => grey + 100));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FromSideBySideImages_OnePicture_IsTwo(bool sourceIsLeft)
    {
        using var folder = new PictureFolder();
        folder.Add("pair.png", PictureFolder.Encode(33, 16, (x, _) => x < 16 ? new SKColor(50, 50, 50) : new SKColor(150, 150, 150)));
        using var batches = Batches.FromSideBySideImages(folder.Path, 1, sourceIsLeft, _small);
        using var scope = NewDisposeScope();

        var (target, source) = batches.NextBatch()!.Value;

        Pixels.Of(source!).Should().OnlyContain(grey => grey == (sourceIsLeft ? 50 : 150));
        Pixels.Of(target).Should().OnlyContain(grey => grey == (sourceIsLeft ? 150 : 50));
    }

    [Fact]
    public void FromUnpairedImages_FoldersOfTwoSizes_DrawsSourcesFromAll()
    {
        using var folder = new PictureFolder();
        for (var i = 0; i < 6; i++)
        {
            folder.AddGrey($"horses/{i}.png", (byte)(10 * i));
            folder.AddGrey($"zebras/{i % 4}.png", (byte)(100 + (10 * (i % 4))));
        }

        using var batches = Batches.FromUnpairedImages(folder["horses"], folder["zebras"], 4, _small);
        var drawn = new HashSet<int>();
        for (var i = 0; i < 20; i++)
        {
            var (sources, targets) = Greys(batches);
            targets.Should().BeEquivalentTo([100, 110, 120, 130]);
            drawn.UnionWith(sources);
        }

        drawn.Should().BeEquivalentTo([0, 10, 20, 30, 40, 50]);
    }

    [Fact]
    public void SetState_OfARunThatWentOn_GivesTheVeryNextPairs()
    {
        using var folder = new PictureFolder();
        for (var i = 0; i < 6; i++)
        {
            folder.AddGrey($"a/{i}.png", (byte)(10 * i));
            folder.AddGrey($"b/{i}.png", (byte)(100 + (10 * i)));
        }

        using var scope = NewDisposeScope();
        using var first = Batches.FromUnpairedImages(folder["a"], folder["b"], 4, _small);
        using var resumed = Batches.FromUnpairedImages(folder["a"], folder["b"], 4, _small);
        _ = Greys(first);
        _ = Greys(first);

        resumed.SetState(first.GetState());

        for (var i = 0; i < 5; i++)
        {
            var (sources, targets) = Greys(resumed);
            var (wantedSources, wantedTargets) = Greys(first);
            sources.Should().Equal(wantedSources);
            targets.Should().Equal(wantedTargets);
        }
    }

    private static (int[] Sources, int[] Targets) Greys(ImagePairBatches batches)
    {
        using var scope = NewDisposeScope();
        var (target, source) = batches.NextBatch()!.Value;
        return (First(source!), First(target));
    }

    private static int[] First(Tensor images) => [.. Pixels.Of(images).Where((_, i) => i % 64 == 0).Select(value => (int)value)];
}
