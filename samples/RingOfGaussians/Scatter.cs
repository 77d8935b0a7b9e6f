using AdversarialKit;
using TorchSharp;

namespace RingOfGaussians;

/// <summary>Draws each outcome's samples as a cloud of dots over the rings that count as good, side by side.</summary>
internal static class Scatter
{
    private const int Side = 260;
    private const int Gap = 8;
    private const double Extent = 3;

    public static void Save(string path, IReadOnlyList<Outcome> outcomes)
    {
        var width = (outcomes.Count * (Side + Gap)) + Gap;
        const int height = Side + (2 * Gap);
        var pixels = Enumerable.Repeat((byte)255, width * height * 3).ToArray();
        using var centres = Ring.Centres();
        var at = centres.data<float>().ToArray();
        for (var i = 0; i < outcomes.Count; i++)
        {
            var left = Gap + (i * (Side + Gap));
            Frame(pixels, width, left);
            Rings(pixels, width, left, at);
            Dots(pixels, width, left, outcomes[i].Points);
        }

        using var scope = torch.NewDisposeScope();
        var picture = torch.tensor(pixels, [1, height, width, 3], dtype: torch.ScalarType.Byte).permute(0, 3, 1, 2);
        ImageSheet.Draw(picture).Save(path);
    }

    private static void Frame(byte[] pixels, int width, int left)
    {
        for (var i = 0; i < Side; i++)
        {
            Blend(pixels, width, left + i, Gap, (200, 200, 200), 1);
            Blend(pixels, width, left + i, Gap + Side - 1, (200, 200, 200), 1);
            Blend(pixels, width, left, Gap + i, (200, 200, 200), 1);
            Blend(pixels, width, left + Side - 1, Gap + i, (200, 200, 200), 1);
        }
    }

    private static void Rings(byte[] pixels, int width, int left, float[] centres)
    {
        for (var mode = 0; mode < centres.Length / 2; mode++)
        {
            for (var step = 0; step < 360; step++)
            {
                var angle = step * Math.PI / 180;
                var (x, y) = Place(left, centres[2 * mode] + (Ring.GoodRadius * Math.Cos(angle)), centres[(2 * mode) + 1] + (Ring.GoodRadius * Math.Sin(angle)));
                Blend(pixels, width, x, y, (230, 120, 40), 0.8);
            }
        }
    }

    private static void Dots(byte[] pixels, int width, int left, float[] points)
    {
        for (var i = 0; i < points.Length; i += 2)
        {
            if (Math.Abs(points[i]) >= Extent || Math.Abs(points[i + 1]) >= Extent)
            {
                continue;
            }

            var (x, y) = Place(left, points[i], points[i + 1]);
            Blend(pixels, width, x, y, (30, 70, 160), 0.5);
        }
    }

    private static (int X, int Y) Place(int left, double x, double y) =>
        (left + (int)((x + Extent) / (2 * Extent) * (Side - 1)), Gap + (int)((Extent - y) / (2 * Extent) * (Side - 1)));

    private static void Blend(byte[] pixels, int width, int x, int y, (int R, int G, int B) colour, double share)
    {
        var i = ((y * width) + x) * 3;
        pixels[i] = (byte)(pixels[i] + (share * (colour.R - pixels[i])));
        pixels[i + 1] = (byte)(pixels[i + 1] + (share * (colour.G - pixels[i + 1])));
        pixels[i + 2] = (byte)(pixels[i + 2] + (share * (colour.B - pixels[i + 2])));
    }
}
