using System.Numerics;

namespace AdversarialKit;

/// <summary>The checksum of TFRecord files: CRC-32C (Castagnoli), rotated and shifted so that a record may hold checksums itself.</summary>
internal static class Crc32C
{
    private const uint MaskDelta = 0xa282ead8;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    public static uint Masked(ReadOnlySpan<byte> data)
    {
        var crc = Of(data);
        return BitOperations.RotateRight(crc, 15) + MaskDelta;
    }
}
