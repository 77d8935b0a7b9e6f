using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Makes what the network takes of pictures of any size.</summary>
internal sealed class InceptionInput(InceptionOptions options)
{
    public const int Side = 299;
    private const int Channels = 3;
    private const int Plane = Side * Side;

    // Every number that comes in has one of few sizes, and the weights for it are the same each time.
    private (int Height, int Width, PlaneResizer Resizer)? _last;

    /// <summary>Numbers of one picture.</summary>
    public const int Length = Channels * Plane;

    /// <summary>Pictures [N, 3, 299, 299], float32, in the network's range, on the CPU.</summary>
    /// <param name="images">Checked samples: bytes, or numbers in [-1, 1].</param>
    public Tensor Of(Tensor images)
    {
        var (count, channels, height, width) = ((int)images.shape[0], (int)images.shape[1], (int)images.shape[2], (int)images.shape[3]);
        var bytes = ToBytes(images);
        var resizer = ResizerFor(height, width);
        var numbers = new float[count * Length];
        Parallel.For(0, count * channels, i =>
        {
            var (picture, channel) = Math.DivRem(i, channels);
            var target = numbers.AsSpan((picture * Length) + (channel * Plane), Plane);
            resizer.Resize(bytes.AsSpan(i * height * width, height * width), 1, target);
            ToRange(target);
            for (var copy = 1; channels == 1 && copy < Channels; copy++)
            {
                target.CopyTo(numbers.AsSpan((picture * Length) + (copy * Plane), Plane));
            }
        });
        return Images(numbers, count);
    }

    /// <summary>One decoded picture, written where its numbers belong.</summary>
    public void Write(Picture picture, Span<float> target)
    {
        var resizer = new PlaneResizer(options.Resizing, picture.Height, picture.Width, Side);
        for (var channel = 0; channel < Channels; channel++)
        {
            resizer.Resize(picture.Pixels[channel..], Picture.BytesPerPixel, target.Slice(channel * Plane, Plane));
        }

        ToRange(target);
    }

    /// <summary>Numbers of pictures as a tensor [N, 3, 299, 299].</summary>
    public static Tensor Images(ReadOnlySpan<float> numbers, int count)
    {
        var images = empty(count, Channels, Side, Side);
        MemoryMarshal.AsBytes(numbers[..(count * Length)]).CopyTo(images.bytes);
        return images;
    }

    // The nearest byte, as samples have it that are written to files, which is how published figures are computed.
    private static byte[] ToBytes(Tensor images)
    {
        using var scope = NewDisposeScope();
        var here = images.detach().cpu();
        if (here.dtype == ScalarType.Byte)
        {
            return here.contiguous().bytes.ToArray();
        }

        var numbers = here.to(ScalarType.Float32).contiguous().data<float>().ToArray();
        return Array.ConvertAll(numbers, x => (byte)Math.Clamp(MathF.Floor((x * 127.5f) + 128), 0, byte.MaxValue));
    }

    private PlaneResizer ResizerFor(int height, int width)
    {
        if (_last is not { } last || (last.Height, last.Width) != (height, width))
        {
            _last = last = (height, width, new PlaneResizer(options.Resizing, height, width, Side));
        }

        return last.Resizer;
    }

    private void ToRange(Span<float> numbers)
    {
        var (black, white) = options.Range;
        if ((black, white) == (0, 255))
        {
            return;
        }

        foreach (ref var number in numbers)
        {
            number = (float)((number * ((white - black) / 255)) + black);
        }
    }
}
