namespace AdversarialKit;

/// <summary>Whole numbers as libtorch takes them, held for good.</summary>
/// <remarks>
/// TorchSharp hands a <see cref="Scalar"/> to native code and lets go of it: if a garbage collection that another thread
/// starts falls into the call, the number is freed under it. So none is ever made in passing here: a constant is one of
/// these, any other number is a <c>using</c> variable made by <c>ToScalar()</c>. BannedSymbols.txt bans the rest.
/// </remarks>
internal static class Constant
{
    public static readonly Scalar MinusOne = (-1).ToScalar();

    public static readonly Scalar Zero = 0.ToScalar();

    public static readonly Scalar One = 1.ToScalar();

    public static readonly Scalar Two = 2.ToScalar();

    public static readonly Scalar Three = 3.ToScalar();
}
