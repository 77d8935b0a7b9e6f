namespace AdversarialKit;

/// <summary>Resizes single channels in floating point. Safe for use by several threads at once.</summary>
/// <param name="resizing">The way.</param>
/// <param name="height">Rows of the channels.</param>
/// <param name="width">Columns of the channels.</param>
/// <param name="side">Rows and columns to make of them.</param>
internal sealed class PlaneResizer(InceptionResizing resizing, int height, int width, int side)
{
    private readonly ResizedLine _across = ResizedLine.Of(resizing, width, side);
    private readonly ResizedLine _down = ResizedLine.Of(resizing, height, side);

    /// <summary>Makes <c>side x side</c> numbers of bytes that lie <paramref name="step"/> apart, row by row.</summary>
    public void Resize(ReadOnlySpan<byte> bytes, int step, Span<float> target)
    {
        // Numbers are kept in single precision between the two passes and summed in double precision, as Pillow does it.
        var narrowed = new float[height * side];
        var line = new double[width];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                line[x] = bytes[((y * width) + x) * step];
            }

            for (var x = 0; x < side; x++)
            {
                narrowed[(y * side) + x] = (float)Sum(_across[x], line);
            }
        }

        Columns(narrowed, target);
    }

    private static double Sum((int First, double[] Shares) pixel, double[] line)
    {
        var sum = 0.0;
        for (var i = 0; i < pixel.Shares.Length; i++)
        {
            sum += line[pixel.First + i] * pixel.Shares[i];
        }

        return sum;
    }

    private void Columns(float[] narrowed, Span<float> target)
    {
        var sums = new double[side];
        for (var y = 0; y < side; y++)
        {
            Array.Clear(sums);
            var (first, shares) = _down[y];
            for (var i = 0; i < shares.Length; i++)
            {
                var row = narrowed.AsSpan((first + i) * side, side);
                for (var x = 0; x < sums.Length; x++)
                {
                    sums[x] += row[x] * shares[i];
                }
            }

            for (var x = 0; x < side; x++)
            {
                // The bicubic filter overshoots at edges; the others cannot leave the range.
                target[(y * side) + x] = Math.Clamp((float)sums[x], 0, byte.MaxValue);
            }
        }
    }
}
