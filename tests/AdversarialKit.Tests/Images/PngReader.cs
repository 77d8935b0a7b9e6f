using SkiaSharp;

namespace AdversarialKit.Tests.Images;

/// <summary>Reads a PNG with a decoder that is not ours: red, green, blue, opacity of each pixel.</summary>
internal static class PngReader
{
    public static (int Width, int Height, byte[] Pixels) Read(byte[] png)
    {
        using var codec = SKCodec.Create(new SKMemoryStream(png));
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        codec.GetPixels(info, bitmap.GetPixels()).Should().Be(SKCodecResult.Success);
        return (info.Width, info.Height, bitmap.Bytes);
    }
}
