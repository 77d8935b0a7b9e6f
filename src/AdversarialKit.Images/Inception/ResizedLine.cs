namespace AdversarialKit;

/// <summary>For each pixel of a resized line, the pixels of the line that it is made of, and their shares.</summary>
internal sealed class ResizedLine
{
    private readonly (int First, double[] Shares)[] _pixels;

    private ResizedLine(IEnumerable<(int First, double[] Shares)> pixels) => _pixels = [.. pixels];

    public int Length => _pixels.Length;

    public static ResizedLine Of(InceptionResizing resizing, int length, int target) => resizing switch
    {
        InceptionResizing.Clean => Bicubic(length, target),
        // TensorFlow 1 without align_corners and half_pixel_centers: pixel i lies at i times the factor.
        InceptionResizing.TensorFlow => Bilinear(length, target, (i, factor) => i * factor),
        _ => Bilinear(length, target, (i, factor) => Math.Max(0, ((i + 0.5) * factor) - 0.5)),
    };

    public (int First, double[] Shares) this[int pixel] => _pixels[pixel];

    private static ResizedLine Bicubic(int length, int target)
    {
        var factor = (double)length / target;
        var stretch = Math.Max(factor, 1);
        var shares = new double[ResampleKernel.MostShares(ImageFilter.Bicubic, stretch)];
        return new(Enumerable.Range(0, target).Select(i =>
        {
            var (first, count) = ResampleKernel.Shares(ImageFilter.Bicubic, length, (i + 0.5) * factor, stretch, shares);
            return (first, shares.AsSpan(0, count).ToArray());
        }));
    }

    // Both libraries have the factor in single precision; TensorFlow has places in it too.
    private static ResizedLine Bilinear(int length, int target, Func<int, float, double> place)
    {
        var factor = (float)length / target;
        return new(Enumerable.Range(0, target).Select(i =>
        {
            var at = place(i, factor);
            var first = Math.Min((int)at, length - 1);
            var after = at - first;
            double[] shares = first == length - 1 ? [1] : [1 - after, after];
            return (first, shares);
        }));
    }
}
