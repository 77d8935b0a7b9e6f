namespace AdversarialKit;

/// <summary>Pictures as files hold them and as networks take them.</summary>
internal static class PictureBytes
{
    // TorchSharp lets go of a number before native code has read it: these are held for good.
    private static readonly Scalar _half = 127.5.ToScalar();
    private static readonly Scalar _one = 1.ToScalar();
    private static readonly Scalar _black = 0.ToScalar();
    private static readonly Scalar _white = 255.ToScalar();

    /// <summary>Bytes on the CPU, as they are, or of floats in [-1, 1], rounded and cut off.</summary>
    public static Tensor From(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var bytes = pictures.dtype == ScalarType.Byte
            ? pictures.detach().cpu()
            : pictures.detach().cpu().to(ScalarType.Float32).add(_one).mul(_half).round().clamp(_black, _white).to(ScalarType.Byte);
        return bytes.contiguous().alias().MoveToOuterDisposeScope();
    }

    /// <summary>Bytes to float32 in [-1, 1].</summary>
    public static Tensor ToUnitRange(Tensor bytes) => bytes.to(ScalarType.Float32).div(_half).sub(_one);
}
