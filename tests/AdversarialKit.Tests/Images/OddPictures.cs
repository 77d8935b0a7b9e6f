using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace AdversarialKit.Tests.Images;

/// <summary>Files that are no sound pictures, or are and do not look it.</summary>
internal static class OddPictures
{
    private static readonly SKEncodedImageFormat[] _formats = [SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Webp];

    /// <summary>A picture whose neighbours differ, so that most of its bytes matter.</summary>
    public static byte[] Sound(int number, int width = 40, int height = 30) => PictureFolder.Encode(
        width, height, (x, y) => new SKColor((byte)(x * y), (byte)((7 * x) + number), (byte)(9 * y)), _formats[number % _formats.Length]);

    /// <summary>Files that cannot be read, by name.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Broken()
    {
        for (var i = 0; i < 90; i++)
        {
            var sound = Sound(i);
            yield return ($"cut-{i:D2}.png", sound[..(sound.Length * (1 + (i / 3)) / 40)]);
        }

        for (var i = 0; i < 30; i++)
        {
            yield return ($"text-{i:D2}.{(i % 2 == 0 ? "jpg" : "gif")}", System.Text.Encoding.UTF8.GetBytes(new string('x', 1 + (i * i)) + "<html>"));
            yield return ($"zeros-{i:D2}.bmp", new byte[1 + (i * 37)]);
            yield return ($"claims-{i:D2}.png", Claiming(i));
        }

        yield return ("empty.webp", []);
        yield return ("bomb.png", Png(30_000, 30_000, new byte[1 << 20]));
        yield return ("short-of-rows.png", Png(1_000, 1_000, new byte[30_000]));
        yield return ("signature.png", Sound(0)[..8]);
    }

    /// <summary>Sound files under endings that are not theirs, and a picture that is small as a file and as large as may be as pixels.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Disguised()
    {
        string[] endings = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "PNG"];
        for (var i = 0; i < 40; i++)
        {
            yield return ($"wrong-ending-{i:D2}.{endings[i % endings.Length]}", Sound(i));
        }

        yield return ("largest.png", Png(1_024, 1_024, new byte[1_024 * 1_025]));
    }

    /// <summary>Sound files with some bits flipped; what becomes of them is anybody's guess.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Flipped()
    {
        var random = new Random(5);
        for (var i = 0; i < 90; i++)
        {
            var content = Sound(i);
            for (var flips = 0; flips <= i % 9; flips++)
            {
                content[random.Next(i % 2 == 0 ? Math.Min(100, content.Length) : content.Length)] ^= (byte)(1 << random.Next(8));
            }

            yield return ($"flipped-{i:D2}.jpg", content);
        }
    }

    // The sizes in the beginnings of five formats, made huge.
    private static byte[] Claiming(int number)
    {
        var side = 5_000 + (1_000 * number);
        switch (number % 5)
        {
            case 0:
                return Png(side, side, new byte[100]);
            case 1:
                var jpeg = PictureFolder.Encode(8, 8, (_, _) => SKColors.Red, SKEncodedImageFormat.Jpeg);
                var frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
                BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), (ushort)side);
                BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), (ushort)side);
                return jpeg;
            case 2:
                var gif = Convert.FromHexString("474946383961000000008000000000FF0000002C00000000000000000002024401003B");
                BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(6), (ushort)side);
                BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(8), (ushort)side);
                return gif;
            case 3:
                var bmp = new byte[200];
                "BM"u8.CopyTo(bmp);
                BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(10), 54);
                BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(14), 40);
                BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), side);
                BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), number % 2 == 0 ? -side : side);
                bmp[26] = 1;
                bmp[28] = 24;
                return bmp;
            default:
                var webp = PictureFolder.Encode(8, 8, (_, _) => SKColors.Red, SKEncodedImageFormat.Webp);
                BinaryPrimitives.WriteUInt16LittleEndian(webp.AsSpan(26), (ushort)(side & 0x3FFF));
                BinaryPrimitives.WriteUInt16LittleEndian(webp.AsSpan(28), (ushort)(side & 0x3FFF));
                return webp;
        }
    }

    /// <summary>A grey PNG that claims a size and has so many bytes of content.</summary>
    private static byte[] Png(int width, int height, byte[] rows)
    {
        using var file = new MemoryStream();
        file.Write([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n']);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        PngChunk.Write(file, "IHDR"u8, header);
        PngChunk.Write(file, "IDAT"u8, packed.ToArray());
        PngChunk.Write(file, "IEND"u8, []);
        return file.ToArray();
    }
}
