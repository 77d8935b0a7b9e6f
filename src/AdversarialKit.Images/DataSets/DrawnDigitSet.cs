namespace AdversarialKit;

/// <summary>Draws handwritten digits in MNIST's format, each from its own number alone.</summary>
internal static class DrawnDigitSet
{
    private const int Classes = 10;
    private const int ImageBytes = InkField.Side * InkField.Side;

    /// <summary>Draws digits, every class about equally often.</summary>
    public static ImageDataSet Draw(int count, long seed, CancellationToken token = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / ImageBytes);
        var pixels = new byte[count * ImageBytes];
        var digits = new long[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = token }, i => digits[i] = DrawOne(pixels.AsSpan(i * ImageBytes, ImageBytes), seed, i));
        return new ImageDataSet(
            tensor(pixels, [count, 1, InkField.Side, InkField.Side], dtype: ScalarType.Byte).DetachFromDisposeScope(),
            tensor(digits).DetachFromDisposeScope(),
            DataSetNames.Digits);
    }

    private static int DrawOne(Span<byte> pixels, long seed, int item)
    {
        var random = new SplitMix(seed, item);
        var digit = (int)(Classes * random.Uniform());
        DigitHand.Write(digit, random, pixels);
        return digit;
    }
}
