using SkiaSharp;

namespace AdversarialKit.Benchmarks;

/// <summary>What one would write with SkiaSharp alone.</summary>
internal static class BarePictures
{
    public static void DecodeAll(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            using var picture = SKBitmap.Decode(path);
            using var resized = picture.Resize(
                new SKImageInfo(PictureNetworks.Side, PictureNetworks.Side), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }
    }
}
