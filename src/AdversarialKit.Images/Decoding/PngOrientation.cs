using System.Buffers.Binary;
using SkiaSharp;

namespace AdversarialKit;

/// <summary>The orientation in a PNG's eXIf chunk, which SkiaSharp finds in JPEG and WebP files alone.</summary>
internal static class PngOrientation
{
    private const ulong Signature = 0x89504E470D0A1A0A;
    private const uint ExifChunk = 0x65584966;
    private const uint DataChunk = 0x49444154;
    private const int ChunkFrame = 12;
    private const ushort OrientationTag = 0x0112;
    private const ushort LittleEndianMark = 0x4949;
    private const int EntrySize = 12;

    /// <summary>The orientation of a PNG that states one; else null.</summary>
    public static SKEncodedOrigin? Find(ReadOnlySpan<byte> file)
    {
        if (file.Length < sizeof(ulong) || BinaryPrimitives.ReadUInt64BigEndian(file) != Signature)
        {
            return null;
        }

        var rest = file[sizeof(ulong)..];
        while (rest.Length >= ChunkFrame)
        {
            var (length, name) = (BinaryPrimitives.ReadUInt32BigEndian(rest), BinaryPrimitives.ReadUInt32BigEndian(rest[4..]));
            if (name == DataChunk || length > rest.Length - ChunkFrame)
            {
                return null;
            }

            if (name == ExifChunk)
            {
                return InExif(rest.Slice(8, (int)length));
            }

            rest = rest[(ChunkFrame + (int)length)..];
        }

        return null;
    }

    // TIFF's layout: a mark of the byte order, 42, where the directory lies, its number of entries, entries of 12 bytes.
    private static SKEncodedOrigin? InExif(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 8)
        {
            return null;
        }

        var isLittle = BinaryPrimitives.ReadUInt16BigEndian(exif) == LittleEndianMark;
        var start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]) : BinaryPrimitives.ReadUInt32BigEndian(exif[4..]);
        if (start > exif.Length - 2)
        {
            return null;
        }

        var count = Short(exif[(int)start..], isLittle);
        for (var at = (int)start + 2; count > 0 && at + EntrySize <= exif.Length; count--, at += EntrySize)
        {
            if (Short(exif[at..], isLittle) == OrientationTag)
            {
                var value = Short(exif[(at + 8)..], isLittle);
                return value is >= 1 and <= 8 ? (SKEncodedOrigin)value : null;
            }
        }

        return null;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
