using System.Runtime.Intrinsics;

namespace AdversarialKit;

/// <summary>Resizes a part of a picture, line by line and then column by column.</summary>
internal static class Resampler
{
    /// <summary>Half of a unit, so that cutting off the fraction rounds.</summary>
    private const int Half = 1 << (ResampleWeights.FractionBits - 1);

    /// <summary>Makes a picture of the given size out of a part of another, which stays the caller's.</summary>
    public static Picture Resize(Picture source, (double Left, double Top, double Width, double Height) part, (int Width, int Height) size, ImageFilter filter)
    {
        var across = ResampleWeights.Compute(source.Width, part.Left, part.Width, size.Width, filter);
        var down = ResampleWeights.Compute(source.Height, part.Top, part.Height, size.Height, filter);
        var (firstRow, endRow) = down.Range;
        using var narrowed = new Picture(size.Width, endRow - firstRow, source.IsOpaque);
        for (var y = firstRow; y < endRow; y++)
        {
            Lines(source.Whole.Slice(y * source.Width, source.Width), across, narrowed.Whole.Slice((y - firstRow) * size.Width, size.Width));
        }

        var resized = new Picture(size.Width, size.Height, source.IsOpaque);
        for (var y = 0; y < size.Height; y++)
        {
            var rows = narrowed.Whole[((down.First(y) - firstRow) * size.Width)..];
            Columns(rows, size.Width, down.Of(y), resized.Whole.Slice(y * size.Width, size.Width));
        }

        return resized;
    }

    private static void Lines(ReadOnlySpan<uint> line, ResampleWeights weights, Span<uint> target)
    {
        for (var x = 0; x < target.Length; x++)
        {
            var sum = Vector128.Create(Half);
            var pixels = line[weights.First(x)..];
            var shares = weights.Of(x);
            for (var i = 0; i < shares.Length; i++)
            {
                sum += Channels(pixels[i]) * shares[i];
            }

            target[x] = Pack(sum);
        }
    }

    private static void Columns(ReadOnlySpan<uint> rows, int width, ReadOnlySpan<int> shares, Span<uint> target)
    {
        for (var x = 0; x < target.Length; x++)
        {
            var sum = Vector128.Create(Half);
            for (var i = 0; i < shares.Length; i++)
            {
                sum += Channels(rows[(i * width) + x]) * shares[i];
            }

            target[x] = Pack(sum);
        }
    }

    private static Vector128<int> Channels(uint pixel) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(pixel).AsByte())).AsInt32();

    private static uint Pack(Vector128<int> sum)
    {
        var clipped = Vector128.Min(Vector128.Max(sum >> ResampleWeights.FractionBits, Vector128<int>.Zero), Vector128.Create(255));
        var words = Vector128.Narrow(clipped, clipped);
        return Vector128.Narrow(words, words).AsUInt32().GetElement(0);
    }
}
