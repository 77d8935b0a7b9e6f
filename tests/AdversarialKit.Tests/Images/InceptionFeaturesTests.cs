using System.Globalization;
using AdversarialKit.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class InceptionFeaturesTests
{
    [Theory]
    [InlineData(InceptionResizing.Clean)]
    [InlineData(InceptionResizing.TensorFlow)]
    [InlineData(InceptionResizing.PyTorch)]
    public void StatisticsOf_TwoSetsOf100Pictures_HaveTheReferencesDistance(InceptionResizing resizing)
    {
        using var scope = NewDisposeScope();
        using var features = SmallInception.Load(resizing);
        using var real = features.StatisticsOf(SmallInception.Pictures(generated: false));
        using var generated = features.StatisticsOf(SmallInception.Pictures(generated: true));

        var distance = FrechetDistance.Between(real, generated).Value;

        var reference = GoldenFile.Read("inception_golden.json").GetProperty("distances").GetProperty(resizing.ToString()).GetDouble();
        (distance / reference).Should().BeApproximately(1, 1e-6);
    }

    [Fact]
    public void Extract_SamplesInBytesOrInUnitRange_AreTheSame()
    {
        using var scope = NewDisposeScope();
        using var features = SmallInception.Load();
        var bytes = SmallInception.Pictures(generated: true).narrow(0, 0, 70);

        var samples = features.Extract(bytes.to(ScalarType.Float32) / 127.5 - 1);

        samples.data<float>().ToArray().Should().Equal(features.Extract(bytes).data<float>().ToArray());
        samples.shape.Should().Equal(70, 10);
    }

    [Fact]
    public void Extract_Grey_IsThatGreyInEveryChannel()
    {
        using var scope = NewDisposeScope();
        using var features = SmallInception.Load();
        var grey = SmallInception.Pictures(generated: true).narrow(0, 0, 3).narrow(1, 0, 1);

        features.Extract(grey).data<float>().ToArray().Should().Equal(features.Extract(grey.expand(3, 3, 40, 48)).data<float>().ToArray());
    }

    [Fact]
    public void Extract_RangeFromWhiteToBlack_GivesTheNetworkNegatives()
    {
        using var scope = NewDisposeScope();
        using var bytes = SmallInception.Load();
        using var range = InceptionFeatures.FromTorchScript(SmallInception.Network, new InceptionOptions { Range = (255, 0) });
        var pictures = SmallInception.Pictures(generated: true).narrow(0, 0, 2);

        var negative = range.Extract(pictures);

        (negative - bytes.Extract(255 - pictures)).abs().max().ToSingle().Should().BeLessThan(1e-3f);
        range.Digest.Should().NotBe(bytes.Digest);
    }

    [Fact]
    public void StatisticsOf_Folder_AreThoseOfItsPictures()
    {
        using var scope = NewDisposeScope();
        using var features = SmallInception.Load();
        using var folder = FolderOf(5);

        using var statistics = features.StatisticsOf(folder.Path);

        using var expected = features.StatisticsOf(SmallInception.Pictures(generated: false).narrow(0, 0, 5));
        statistics.Count.Should().Be(5);
        (statistics.Covariance() - expected.Covariance()).abs().max().ToDouble().Should().BeLessThan(1e-9);
        (statistics.Mean() - expected.Mean()).abs().max().ToDouble().Should().BeLessThan(1e-9);
    }

    [Fact]
    public void StatisticsOf_WithCache_ReadsWhatItKeptUntilSomethingChanges()
    {
        using var scope = NewDisposeScope();
        using var features = SmallInception.Load();
        using var folder = FolderOf(3);
        using var cache = new PictureFolder();
        string[] Kept() => [.. Directory.GetFiles(cache.Path).Order()];
        features.StatisticsOf(folder.Path, cache.Path).Dispose();
        var (first, written) = (Kept().Single(), File.GetLastWriteTimeUtc(Kept().Single()));

        using var again = features.StatisticsOf(folder.Path, cache.Path);
        File.GetLastWriteTimeUtc(first).Should().Be(written);
        again.Count.Should().Be(3);

        File.WriteAllText(first, "damaged");
        using var mended = features.StatisticsOf(folder.Path, cache.Path);
        mended.Covariance().data<double>().ToArray().Should().Equal(again.Covariance().data<double>().ToArray());

        folder.AddGrey("00.png", 9, 40);
        features.StatisticsOf(folder.Path, cache.Path).Dispose();
        using (var other = SmallInception.Load(InceptionResizing.TensorFlow))
        {
            other.StatisticsOf(folder.Path, cache.Path).Dispose();
        }

        Kept().Should().HaveCount(3).And.Contain(first);
    }

    [Fact]
    public void Extract_NoImages_SaysWhatItTakes()
    {
        using var scope = NewDisposeScope();
        using var features = SmallInception.Load();

        features.Invoking(f => f.Extract(ones(2, 4, 8, 8))).Should().Throw<ArgumentException>()
            .WithMessage("Samples must be images [N, 1 or 3, H, W], in [-1, 1] or bytes; got Float32 [2, 4, 8, 8]. (Parameter 'samples')");
        features.Invoking(f => f.Extract(full(2, 3, 8, 8, double.NaN))).Should().Throw<ArgumentException>()
            .WithMessage("Some numbers of the samples are NaN or infinite. Find out where the generator diverged; such samples cannot be judged. (Parameter 'samples')");
    }

    private static PictureFolder FolderOf(int count)
    {
        var folder = new PictureFolder();
        var pixels = SmallInception.Pictures(generated: false).permute(0, 2, 3, 1).contiguous();
        for (var i = 0; i < count; i++)
        {
            var bytes = pixels[i].bytes.ToArray();
            folder.Add($"{i.ToString("D2", CultureInfo.InvariantCulture)}.png", PictureFolder.Encode(48, 40, (x, y) =>
            {
                var at = ((y * 48) + x) * 3;
                return new SkiaSharp.SKColor(bytes[at], bytes[at + 1], bytes[at + 2]);
            }));
        }

        return folder;
    }
}
