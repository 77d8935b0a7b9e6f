namespace AdversarialKit;

/// <summary>Images as pixels of red, green, blue and opacity.</summary>
internal static class SheetTiles
{
    private static readonly (double Darkest, double Brightest) _bytes = (0, 255);
    private static readonly (double Darkest, double Brightest) _usual = (-1, 1);

    // TorchSharp lets go of a number before native code has read it: these are held for good.
    private static readonly Scalar _black = 0.ToScalar();
    private static readonly Scalar _white = 255.ToScalar();

    /// <summary>Turns [N, C, H, W] into bytes [N, H, W', 4] on the CPU; W' is C times W where the channels are no colours.</summary>
    public static Tensor Of(Tensor images, (double Darkest, double Brightest)? range)
    {
        using var scope = NewDisposeScope();
        var (darkest, brightest) = range ?? (images.dtype == ScalarType.Byte ? _bytes : _usual);
        using var least = darkest.ToScalar();
        using var scale = (255 / (brightest - darkest)).ToScalar();
        var values = images.detach().cpu().to(ScalarType.Float32).sub(least).mul(scale)
            .nan_to_num(127.5, 255, 0).round().clamp(_black, _white).to(ScalarType.Byte);
        var (count, channels, height, width) = (values.shape[0], values.shape[1], values.shape[2], values.shape[3]);
        if (channels is not (1 or 3 or 4))
        {
            values = values.permute(0, 2, 1, 3).reshape(count, 1, height, channels * width);
        }

        var colours = values.shape[1] == 1 ? values.expand(-1, 3, -1, -1) : values.narrow(1, 0, 3);
        var opacity = values.shape[1] == 4 ? values.narrow(1, 3, 1) : full_like(values.narrow(1, 0, 1), _white);
        return cat([colours, opacity], 1).permute(0, 2, 3, 1).contiguous().MoveToOuterDisposeScope();
    }
}
