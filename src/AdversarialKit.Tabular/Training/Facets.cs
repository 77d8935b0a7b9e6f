namespace AdversarialKit;

/// <summary>Codes as margins see them: all modes of a column of numbers are one, atoms and categories each their own.</summary>
internal static class Facets
{
    public static int Count(IColumnCodec codec) => codec is NumberCodec { Modes: > 0 } numbers ? numbers.Codes - numbers.Modes + 1 : codec.Codes;

    public static int Of(IColumnCodec codec, int code) => codec is NumberCodec { Modes: > 0 } numbers ? Math.Max(0, code - numbers.Modes + 1) : code;

    public static double[] Shares(IColumnCodec codec, int[] codes)
    {
        var shares = new double[Count(codec)];
        foreach (var code in codes)
        {
            shares[Of(codec, code)] += 1.0 / codes.Length;
        }

        return shares;
    }
}
