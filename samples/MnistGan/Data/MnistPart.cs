namespace MnistGan;

/// <summary>The images of one part of MNIST and their labels.</summary>
internal sealed record MnistPart(MnistFile Images, MnistFile Labels)
{
    /// <summary>The 60,000 digits to learn from.</summary>
    public static MnistPart Training { get; } = new(
        new("train-images-idx3-ubyte", IdxFile.ImagesMagic, 60_000, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte", IdxFile.LabelsMagic, 60_000, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"));

    /// <summary>The 10,000 digits to judge by.</summary>
    public static MnistPart Test { get; } = new(
        new("t10k-images-idx3-ubyte", IdxFile.ImagesMagic, 10_000, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte", IdxFile.LabelsMagic, 10_000, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// <summary>Both files.</summary>
    public IReadOnlyList<MnistFile> Files => [Images, Labels];
}
