using AdversarialKit;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Translation;

/// <summary>Small networks for pictures of 28 x 28.</summary>
internal static class Networks
{
    private const long Filters = 32;

    /// <summary>Outlines to digits: each level's lines are handed across.</summary>
    public static Module<Tensor, Tensor> Painter() => GanLayer.UNet(1, 1, levels: 2, Filters, dropout: 0);

    /// <summary>7 x 7 numbers to 28 x 28: what residual blocks at that size and two pixel shuffles have to add to the blocks that the source shows.</summary>
    public static Module<Tensor, Tensor> Sharpener() => Sequential(
        GanLayer.Residual(Sequential(
            AvgPool2d(Pictures.Reduction),
            Conv2d(1, 64, 3, padding: 1), LeakyReLU(0.2),
            Block(64), Block(64), Block(64),
            Conv2d(64, 4 * Filters, 3, padding: 1), PixelShuffle(2), LeakyReLU(0.2),
            Block(Filters),
            Conv2d(Filters, 4 * Filters / 2, 3, padding: 1), PixelShuffle(2), LeakyReLU(0.2),
            Conv2d(Filters / 2, 1, 3, padding: 1))),
        Tanh());

    /// <summary>One hand's digits to another's: what residual blocks at half the size have to add to a digit as it is.</summary>
    public static Module<Tensor, Tensor> Writer() => Sequential(
        GanLayer.Residual(Sequential(
            ReflectionPad2d(2), Conv2d(1, Filters / 2, 5), LeakyReLU(0.2),
            Conv2d(Filters / 2, Filters, 4, stride: 2, padding: 1), LeakyReLU(0.2),
            GanLayer.ReflectionResidual(Filters, affine: true),
            GanLayer.ReflectionResidual(Filters, affine: true),
            GanLayer.ReflectionResidual(Filters, affine: true),
            Conv2d(Filters, 4 * Filters / 2, 3, padding: 1), PixelShuffle(2), LeakyReLU(0.2),
            ReflectionPad2d(2), Conv2d(Filters / 2, 1, 5))),
        Tanh());

    /// <summary>Judges patches of a picture beside its source.</summary>
    public static Module<Tensor, Tensor, Tensor> PairDiscriminator() => GanLayer.SideBySide(Sequential(
        SpectralNorm.Conv2d(2, Filters, 4, stride: 2, padding: 1), LeakyReLU(0.2),
        SpectralNorm.Conv2d(Filters, 2 * Filters, 4, stride: 2, padding: 1), LeakyReLU(0.2),
        SpectralNorm.Conv2d(2 * Filters, 2 * Filters, 3, padding: 1), LeakyReLU(0.2),
        SpectralNorm.Conv2d(2 * Filters, 1, 3, padding: 1)));

    /// <summary>Judges whole pictures: a digit's shape is of the hand, not only its edges.</summary>
    public static Module<Tensor, Tensor> PictureDiscriminator() => Sequential(
        Conv2d(1, Filters, 4, stride: 2, padding: 1), LeakyReLU(0.2),
        Conv2d(Filters, 2 * Filters, 4, stride: 2, padding: 1), LeakyReLU(0.2),
        Conv2d(2 * Filters, 2 * Filters, 3, padding: 1), LeakyReLU(0.2),
        Flatten(),
        Linear(2 * Filters * 7 * 7, 1));

    private static Module<Tensor, Tensor> Block(long channels) => GanLayer.Residual(Sequential(
        Conv2d(channels, channels, 3, padding: 1), LeakyReLU(0.2), Conv2d(channels, channels, 3, padding: 1)));
}
