namespace AdversarialKit;

/// <summary>Samples as a sheet that a report has room for. The gaps are transparent, to suit a light page and a dark one.</summary>
internal static class SampleGrid
{
    private const int LongestSide = 128;

    /// <summary>Every picture of a run is kept in its report: this many pixels a sheet keep 24 of them within a few MB.</summary>
    private const int PixelBudget = 150_000;

    /// <summary>Whether samples of this shape are images: [N, 1 or 3, H, W].</summary>
    public static bool Fits(Tensor samples) => samples.dim() == 4 && samples.shape[1] is 1 or 3;

    /// <summary>Draws images [N, 1 or 3, H, W] in [-1, 1]; as many as the sheet holds, and large ones made smaller.</summary>
    /// <param name="images">The images.</param>
    /// <param name="rows">Rows, unless there are too many images for a sheet; 0 for about a square.</param>
    public static SheetImage Draw(Tensor images, int rows = 0)
    {
        using var scope = NewDisposeScope();
        var shown = MakeSmaller(images.detach().cpu().to(ScalarType.Float32));
        var count = Math.Clamp(PixelBudget / Math.Max(shown.shape[2] * shown.shape[3], 1), 1, shown.shape[0]);
        var sheet = ImageSheet.Draw(shown.narrow(0, 0, count), new ImageSheetOptions { Rows = rows > 0 && count == shown.shape[0] ? rows : null });
        return new SheetImage(sheet.ToPng(), sheet.Width, sheet.Height);
    }

    private static Tensor MakeSmaller(Tensor images)
    {
        var shrink = (Math.Max(images.shape[2], images.shape[3]) + LongestSide - 1) / LongestSide;
        if (shrink <= 1)
        {
            return images;
        }

        // A side that is shorter than a step stays one pixel wide.
        long[] steps = [Math.Min(shrink, images.shape[2]), Math.Min(shrink, images.shape[3])];
        return nn.functional.avg_pool2d(images, steps, steps);
    }
}
