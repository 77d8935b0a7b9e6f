namespace AdversarialKit;

/// <summary>Writes one digit the way a hand would: wobbling, slanted, wide or narrow, and fitted as MNIST's digits are.</summary>
internal static class DigitHand
{
    // MNIST fits each digit into a box of 20 pixels and centres it by its mass.
    private const double Box = 20;
    private const double MeanRadius = 1.32;
    private const int StepsPerSpan = 6;

    /// <summary>Draws one digit into <paramref name="pixels"/>, 28 x 28 of them row by row, 0 to 255.</summary>
    public static void Write(int digit, SplitMix random, Span<byte> pixels)
    {
        var strokes = Curves(DigitShape.Pick(digit, random.Uniform()), ref random);
        Lean(strokes, ref random);

        var radius = MeanRadius * Math.Exp(0.22 * random.Bell());
        Fit(strokes, radius, ref random);

        var pressure = random.Uniform(-0.18, 0.18);
        var ink = new InkField();
        foreach (var stroke in strokes)
        {
            for (var i = 1; i < stroke.Length; i++)
            {
                var alongStroke = (2.0 * i / stroke.Length) - 1;
                ink.AddLine(stroke[i - 1], stroke[i], radius * (1 + (pressure * alongStroke)));
            }
        }

        ink.CopyTo(pixels);
    }

    private static StrokePoint[][] Curves(DigitShape shape, ref SplitMix random)
    {
        var unsteadiness = random.Uniform(0.014, 0.044);
        var curves = new StrokePoint[shape.Strokes.Count][];
        for (var s = 0; s < curves.Length; s++)
        {
            var wobbled = (StrokePoint[])shape.Strokes[s].Clone();
            for (var i = 0; i < wobbled.Length; i++)
            {
                var (x, y, corner) = wobbled[i];
                wobbled[i] = new(x + (unsteadiness * random.Bell()), y + (unsteadiness * random.Bell()), corner);
            }

            curves[s] = Smooth(wobbled);
        }

        return curves;
    }

    /// <summary>A Catmull-Rom curve through the points, which ends and begins anew at every corner.</summary>
    private static StrokePoint[] Smooth(StrokePoint[] points)
    {
        var curve = new StrokePoint[((points.Length - 1) * StepsPerSpan) + 1];
        curve[0] = points[0];
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            var before = i == 0 || from.Corner ? from : points[i - 1];
            var after = i + 2 == points.Length || to.Corner ? to : points[i + 2];
            for (var step = 1; step <= StepsPerSpan; step++)
            {
                var t = (double)step / StepsPerSpan;
                curve[(i * StepsPerSpan) + step] = new(
                    CatmullRom(before.X, from.X, to.X, after.X, t),
                    CatmullRom(before.Y, from.Y, to.Y, after.Y, t));
            }
        }

        return curve;
    }

    private static double CatmullRom(double a, double b, double c, double d, double t) =>
        b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));

    /// <summary>Narrows or widens, slants and turns the whole digit.</summary>
    private static void Lean(StrokePoint[][] strokes, ref SplitMix random)
    {
        var width = 0.84 * Math.Exp(0.2 * random.Bell());
        var slant = -0.12 + (0.19 * random.Bell());
        var (sin, cos) = Math.SinCos(0.07 * random.Bell());
        foreach (var stroke in strokes)
        {
            for (var i = 0; i < stroke.Length; i++)
            {
                var y = stroke[i].Y - 0.5;
                var x = ((stroke[i].X - 0.5) * width) + (slant * y);
                stroke[i] = new((cos * x) - (sin * y), (sin * x) + (cos * y));
            }
        }
    }

    /// <summary>Scales the digit with its ink into the box and puts its centre of mass at the image's centre.</summary>
    private static void Fit(StrokePoint[][] strokes, double radius, ref SplitMix random)
    {
        var points = strokes.SelectMany(stroke => stroke).ToArray();
        var width = points.Max(p => p.X) - points.Min(p => p.X);
        var height = points.Max(p => p.Y) - points.Min(p => p.Y);
        var scale = random.Uniform(0.94, 1) * (Box - (2 * radius)) / Math.Max(width, height);
        var (massX, massY) = CentreOfMass(strokes);

        // MNIST moves by whole pixels, so its centres of mass scatter by half a pixel.
        var centreX = ((InkField.Side - 1) / 2.0) + random.Uniform(-0.5, 0.5);
        var centreY = ((InkField.Side - 1) / 2.0) + random.Uniform(-0.5, 0.5);
        foreach (var stroke in strokes)
        {
            for (var i = 0; i < stroke.Length; i++)
            {
                stroke[i] = new(centreX + (scale * (stroke[i].X - massX)), centreY + (scale * (stroke[i].Y - massY)));
            }
        }
    }

    private static (double X, double Y) CentreOfMass(StrokePoint[][] strokes)
    {
        var (x, y, length) = (0.0, 0.0, 0.0);
        foreach (var stroke in strokes)
        {
            for (var i = 1; i < stroke.Length; i++)
            {
                var (a, b) = (stroke[i - 1], stroke[i]);
                var piece = Math.Sqrt(((b.X - a.X) * (b.X - a.X)) + ((b.Y - a.Y) * (b.Y - a.Y)));
                x += piece * (a.X + b.X) / 2;
                y += piece * (a.Y + b.Y) / 2;
                length += piece;
            }
        }

        return (x / length, y / length);
    }
}
