using SkiaSharp;

namespace AdversarialKit.Benchmarks;

/// <summary>A folder of JPEG files with shapes and noise, which compress about as photographs do; gone when disposed.</summary>
internal sealed class DrawnPictures : IDisposable
{
    public const int Side = 256;
    private const int Shapes = 40;

    public DrawnPictures(int count)
    {
        var random = new Random(1);
        for (var i = 0; i < count; i++)
        {
            using var bitmap = new SKBitmap(Side, Side);
            using (var canvas = new SKCanvas(bitmap))
            {
                Draw(canvas, random);
            }

            using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
            File.WriteAllBytes(System.IO.Path.Combine(Path, $"{i:D5}.jpg"), data.ToArray());
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("pictures").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void Draw(SKCanvas canvas, Random random)
    {
        using var paint = new SKPaint { IsAntialias = true };
        canvas.Clear(Colour(random, 255));
        for (var i = 0; i < Shapes; i++)
        {
            paint.Color = Colour(random, 160);
            canvas.DrawCircle(random.Next(Side), random.Next(Side), random.Next(4, 60), paint);
        }

        using var noise = SKShader.CreatePerlinNoiseFractalNoise(0.3f, 0.3f, 3, random.Next(1000));
        paint.Color = SKColors.White.WithAlpha(60);
        paint.Shader = noise;
        canvas.DrawRect(0, 0, Side, Side, paint);
    }

    private static SKColor Colour(Random random, byte opacity) =>
        new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), opacity);
}
