using System.Buffers.Binary;
using System.IO.Compression;

namespace AdversarialKit;

/// <summary>
/// Encodes sheets as PNG, several as an animated one (APNG, part of PNG's third edition, W3C 2025): full colour without loss, which
/// browsers show wherever they show a PNG. Needs no native code.
/// </summary>
internal static class PngFile
{
    private const byte EightBits = 8;
    private const int Milliseconds = 1000;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Encodes sheets of one size.</summary>
    /// <param name="frames">At least one; a single one makes a still picture.</param>
    /// <param name="delay">How long each is shown, below 66 seconds.</param>
    public static byte[] Encode(IReadOnlyList<ImageSheet> frames, TimeSpan delay)
    {
        var kind = frames.Select(PngKind.Of).Aggregate(PngKind.Join);
        using var file = new MemoryStream();
        file.Write(Signature);
        PngChunk.Write(file, "IHDR"u8, [.. Number(frames[0].Width), .. Number(frames[0].Height), EightBits, kind.Code, 0, 0, 0]);
        if (frames.Count == 1)
        {
            PngChunk.Write(file, "IDAT"u8, Compress(frames[0], kind));
        }
        else
        {
            WriteFrames(file, frames, kind, (ushort)delay.TotalMilliseconds);
        }

        PngChunk.Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteFrames(Stream file, IReadOnlyList<ImageSheet> frames, PngKind kind, ushort delay)
    {
        const int forEver = 0;
        PngChunk.Write(file, "acTL"u8, [.. Number(frames.Count), .. Number(forEver)]);
        var sequence = 0;
        foreach (var (frame, isFirst) in frames.Select((frame, i) => (frame, i == 0)))
        {
            byte[] delays = new byte[4];
            BinaryPrimitives.WriteUInt16BigEndian(delays, delay);
            BinaryPrimitives.WriteUInt16BigEndian(delays.AsSpan(2), Milliseconds);
            // At the top left corner; the frame replaces what was there, and stays until the next.
            PngChunk.Write(
                file, "fcTL"u8, [.. Number(sequence++), .. Number(frame.Width), .. Number(frame.Height), .. Number(0), .. Number(0), .. delays, 0, 0]);
            var data = Compress(frame, kind);
            if (isFirst)
            {
                PngChunk.Write(file, "IDAT"u8, data);
            }
            else
            {
                PngChunk.Write(file, "fdAT"u8, [.. Number(sequence++), .. data]);
            }
        }
    }

    private static byte[] Compress(ImageSheet sheet, PngKind kind)
    {
        using var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            PngRows.Write(stream, sheet, kind);
        }

        return compressed.ToArray();
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
