using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>
/// The data set that needs no file: handwritten digits drawn here, in MNIST's format. The same seed gives the same
/// images on any number of threads.
/// </summary>
internal static class DrawnDigits
{
    /// <summary>As many as MNIST has for training.</summary>
    public const int UsualCount = 60_000;

    private const int Classes = 10;

    /// <summary>Draws <paramref name="count"/> digits, every class about equally often.</summary>
    public static Dataset Draw(int count, long seed, CancellationToken token = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var watch = Stopwatch.StartNew();
        var pixels = new byte[(long)count * InkField.Side * InkField.Side];
        var digits = new long[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = token }, i => digits[i] = DrawOne(pixels.AsSpan(i * InkField.Side * InkField.Side, InkField.Side * InkField.Side), seed, i));

        var description = FormattableString.Invariant($"{count:N0} digits drawn by this program in {watch.Elapsed.TotalSeconds:F1} s");
        return new Dataset(
            torch.tensor(pixels, [count, InkField.Side, InkField.Side], dtype: ScalarType.Byte).DetachFromDisposeScope(),
            torch.tensor(digits).DetachFromDisposeScope(),
            description);
    }

    private static int DrawOne(Span<byte> pixels, long seed, int item)
    {
        var random = new SplitMix(seed, item);
        var digit = (int)(Classes * random.Uniform());
        DigitHand.Write(digit, random, pixels);
        return digit;
    }
}
