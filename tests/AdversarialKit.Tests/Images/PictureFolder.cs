using SkiaSharp;

namespace AdversarialKit.Tests.Images;

/// <summary>A folder of pictures that is gone after the test.</summary>
internal sealed class PictureFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pictures").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Pictures 00.png, 01.png ... of one grey each, whose value is ten times their number.</summary>
    public static PictureFolder OfGreys(int count, int size = 8)
    {
        var folder = new PictureFolder();
        for (var i = 0; i < count; i++)
        {
            folder.AddGrey($"{i:D2}.png", (byte)(10 * i), size);
        }

        return folder;
    }

    public void Add(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllBytes(this[name], content.ToArray());
    }

    public void AddGrey(string name, byte grey, int size = 8) => Add(name, Grey(grey, size));

    public static byte[] Grey(byte grey, int size) => Encode(size, size, (_, _) => new SKColor(grey, grey, grey));

    public static byte[] Encode(
        int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png, int quality = 90)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Pixels = [.. Enumerable.Range(0, width * height).Select(i => colour(i % width, i / width))];
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
