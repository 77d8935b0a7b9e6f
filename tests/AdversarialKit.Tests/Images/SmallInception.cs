using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>The small network, check values and pictures of Golden/Scripts/make_inception.py.</summary>
internal static class SmallInception
{
    public static string Network { get; } = Golden("small_inception.pt");

    public static string CheckFile { get; } = Golden("small_inception_check.json");

    public static InceptionFeatures Load(InceptionResizing resizing = InceptionResizing.Clean) =>
        InceptionFeatures.FromTorchScript(Network, new InceptionOptions { Resizing = resizing, CheckFile = CheckFile });

    /// <summary>A picture as bytes, pixel by pixel, of three channels.</summary>
    public static byte[] Drawing(int height, int width) =>
        Pixels(height, width, (y, x, c) => ((x * 6) + (y * 11) + (c * 70)) ^ ((x * y) >> 3));

    /// <summary>A hundred pictures [100, 3, 40, 48] as bytes.</summary>
    public static Tensor Pictures(bool generated)
    {
        var pictures = Enumerable.Range(0, 100).Select(i => generated
            ? Pixels(40, 48, (y, x, c) => ((x * (2 + (i % 6))) + (y * (4 + (i % 3))) + (55 * c) + (23 * i)) ^ ((x * y) >> 2))
            : Pixels(40, 48, (y, x, c) => ((x * (3 + (i % 5))) + (y * (2 + (i % 7))) + (40 * c) + (17 * i)) ^ ((x * y * (i + 1)) >> 4)));
        return tensor(pictures.SelectMany(bytes => bytes).ToArray(), ScalarType.Byte).reshape(100, 40, 48, 3).permute(0, 3, 1, 2);
    }

    private static byte[] Pixels(int height, int width, Func<int, int, int, int> value) =>
        [.. Enumerable.Range(0, height * width * 3).Select(i => (byte)value(i / 3 / width, i / 3 % width, i % 3))];

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);
}
