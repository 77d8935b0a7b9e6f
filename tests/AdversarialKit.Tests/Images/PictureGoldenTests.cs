using System.Text.Json;
using AdversarialKit.Tests.Golden;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>Files of every kind, and what Pillow makes of them (Golden/pictures_golden.py).</summary>
public sealed class PictureGoldenTests
{
    private static readonly JsonElement _golden = GoldenFile.Read("pictures_golden.json");

    public static TheoryData<string> Files() => [.. _golden.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()!)];

    public static TheoryData<int> Resizings() => [.. Enumerable.Range(0, _golden.GetProperty("resized").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Files))]
    public void NextBatch_FileOfAnyKind_HasPillowsPixels(string name)
    {
        var file = _golden.GetProperty("files").EnumerateArray().Single(file => file.GetProperty("name").GetString() == name);
        using var folder = new PictureFolder();
        folder.Add(name, file.GetProperty("file").GetBytesFromBase64());

        var pixels = Read(folder, file, new ImageFolderOptions());

        Farthest(pixels, file).Should().BeLessThanOrEqualTo(file.GetProperty("off").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Resizings))]
    public void NextBatch_OtherSize_IsPillowsToTheBit(int index)
    {
        var resized = _golden.GetProperty("resized")[index];
        using var folder = new PictureFolder();
        folder.Add("source.png", _golden.GetProperty("source").GetBytesFromBase64());
        var options = new ImageFolderOptions
        {
            Fit = Enum.Parse<ImageFit>(resized.GetProperty("fit").GetString()!),
            Filter = Enum.Parse<ImageFilter>(resized.GetProperty("filter").GetString()!),
        };

        var pixels = Read(folder, resized, options);

        Farthest(pixels, resized).Should().Be(0);
    }

    private static byte[] Read(PictureFolder folder, JsonElement wanted, ImageFolderOptions options)
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromImageFolder(
            folder.Path, 1, options with { Width = wanted.GetProperty("width").GetInt32(), Height = wanted.GetProperty("height").GetInt32() });
        return Pixels.Of(batches.NextBatch()!.Value.Real);
    }

    private static int Farthest(byte[] pixels, JsonElement expected)
    {
        var wanted = expected.GetProperty("pixels").GetBytesFromBase64();
        pixels.Should().HaveSameCount(wanted);
        return pixels.Zip(wanted, (a, b) => Math.Abs(a - b)).Max();
    }
}
