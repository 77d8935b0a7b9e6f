namespace AdversarialKit;

/// <summary>The rows of a picture as PNG compresses them: each as the differences that look smallest.</summary>
internal static class PngRows
{
    private const int Filters = 5;

    public static void Write(Stream stream, ImageSheet sheet, PngKind kind)
    {
        var (above, row) = (new byte[sheet.Width * kind.Channels], new byte[sheet.Width * kind.Channels]);
        var (best, tried) = (new byte[row.Length], new byte[row.Length]);
        for (var y = 0; y < sheet.Height; y++)
        {
            Pick(sheet.Pixels.Slice(y * sheet.Width * 4, sheet.Width * 4), kind, row);
            var (bestFilter, bestSum) = (0, long.MaxValue);
            for (var filter = 0; filter < Filters; filter++)
            {
                var sum = Apply(filter, row, above, kind.Channels, tried);
                if (sum < bestSum)
                {
                    (bestFilter, bestSum) = (filter, sum);
                    (best, tried) = (tried, best);
                }
            }

            stream.WriteByte((byte)bestFilter);
            stream.Write(best);
            (above, row) = (row, above);
        }
    }

    private static void Pick(ReadOnlySpan<byte> pixels, PngKind kind, Span<byte> row)
    {
        var to = 0;
        for (var i = 0; i < pixels.Length; i += 4)
        {
            row[to++] = pixels[i];
            if (kind.HasColour)
            {
                row[to++] = pixels[i + 1];
                row[to++] = pixels[i + 2];
            }

            if (kind.HasOpacity)
            {
                row[to++] = pixels[i + 3];
            }
        }
    }

    /// <summary>Filters a row and returns the sum of its absolute values as signed bytes, the usual guess at what compresses best.</summary>
    private static long Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int channels, Span<byte> result)
    {
        var sum = 0L;
        for (var i = 0; i < row.Length; i++)
        {
            var left = i < channels ? 0 : row[i - channels];
            var corner = i < channels ? 0 : above[i - channels];
            var expected = filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            result[i] = unchecked((byte)(row[i] - expected));
            sum += Math.Abs((int)unchecked((sbyte)result[i]));
        }

        return sum;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
