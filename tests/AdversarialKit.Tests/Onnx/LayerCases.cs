using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

/// <summary>Every layer with one input that the export knows, in every setting that changes what is written.</summary>
internal static class LayerCases
{
    private static readonly long[] Features = [12];
    private static readonly long[] Sequence = [4, 10];
    private static readonly long[] Maps = [4, 6, 8];
    private static readonly long[] Volume = [4, 4, 6, 4];

    public static IReadOnlyList<LayerCase> All { get; } =
        [.. Activations(), .. Convolutions(), .. Linear(), .. Normalizations(), .. Paddings(), .. Poolings(), .. Shapes(), .. Gan()];

    private static IEnumerable<LayerCase> Activations() =>
    [
        new("ReLU", () => nn.ReLU(), Features),
        new("ReLU6", () => nn.ReLU6(), Features),
        new("LeakyReLU", () => nn.LeakyReLU(0.2), Features),
        new("RReLU", () => nn.RReLU(), Features),
        new("PReLU of one slope", () => nn.PReLU(1), Maps),
        new("PReLU of a slope per channel", () => nn.PReLU(4), Maps),
        new("PReLU of features", () => nn.PReLU(12), Features),
        new("ELU", () => nn.ELU(0.7), Features),
        new("CELU", () => nn.CELU(0.7), Features),
        new("SELU", () => nn.SELU(), Features),
        new("GELU", () => nn.GELU(), Features),
        new("GELU by tanh", () => nn.GELU(TorchSharp.Modules.GELU.Approximate.tanh), Features),
        new("SiLU", () => nn.SiLU(), Features),
        new("Mish", () => nn.Mish(), Features),
        new("Sigmoid", () => nn.Sigmoid(), Features),
        new("Tanh", () => nn.Tanh(), Features),
        new("Softsign", () => nn.Softsign(), Features),
        new("Softplus", () => nn.Softplus(), Features),
        new("Softplus with beta and threshold", () => nn.Softplus(2, 1), Features),
        new("LogSigmoid", () => nn.LogSigmoid(), Features),
        new("Hardsigmoid", () => nn.Hardsigmoid(), Features),
        new("Hardswish", () => nn.Hardswish(), Features),
        new("Tanhshrink", () => nn.Tanhshrink(), Features),
        new("Hardshrink", () => nn.Hardshrink(0.4), Features),
        new("Softshrink", () => nn.Softshrink(0.4), Features),
        new("Threshold", () => nn.Threshold(0.1, -2), Features),
        new("GLU", () => nn.GLU(1), Maps),
        new("Softmax", () => nn.Softmax(1), Maps),
        new("Softmax2d", () => nn.Softmax2d(), Maps),
        new("LogSoftmax", () => nn.LogSoftmax(-1), Maps),
        new("Softmin", () => nn.Softmin(1), Features),
    ];

    private static IEnumerable<LayerCase> Convolutions() =>
    [
        new("Conv1d", () => nn.Conv1d(4, 6, 3, padding: 1), Sequence),
        new("Conv2d", () => nn.Conv2d(4, 6, 3), Maps),
        new("Conv2d of unequal sizes", () => nn.Conv2d(4, 6, (3, 5), stride: (2, 1), padding: (1, 2), dilation: (2, 1)), Maps),
        new("Conv2d in groups without bias", () => nn.Conv2d(4, 6, 3, groups: 2, bias: false), Maps),
        new("Conv2d same", () => nn.Conv2d(4, 6, 4, padding: Padding.Same), Maps),
        new("Conv2d valid", () => nn.Conv2d(4, 6, 4, padding: Padding.Valid), Maps),
        new("Conv2d reflect", () => nn.Conv2d(4, 6, 3, padding: 2, padding_mode: PaddingModes.Reflect), Maps),
        new("Conv2d replicate", () => nn.Conv2d(4, 6, 3, padding: 2, padding_mode: PaddingModes.Replicate), Maps),
        new("Conv2d circular", () => nn.Conv2d(4, 6, (3, 5), padding: (1, 2), padding_mode: PaddingModes.Circular), Maps),
        new("Conv3d", () => nn.Conv3d(4, 3, 3, padding: 1), Volume),
        new("ConvTranspose1d", () => nn.ConvTranspose1d(4, 6, 4, stride: 2, padding: 1), Sequence),
        new("ConvTranspose2d", () => nn.ConvTranspose2d(4, 6, 4, stride: 2, padding: 1), Maps),
        new("ConvTranspose2d in groups with output padding", () => nn.ConvTranspose2d(4, 6, 3, stride: 2, padding: 1, output_padding: 1, groups: 2, bias: false), Maps),
        new("ConvTranspose2d dilated", () => nn.ConvTranspose2d(4, 6, 3, dilation: 2), Maps),
        new("ConvTranspose3d", () => nn.ConvTranspose3d(4, 3, 2, stride: 2), Volume),
    ];

    private static IEnumerable<LayerCase> Linear() =>
    [
        new("Linear", () => nn.Linear(12, 7), Features),
        new("Linear without bias", () => nn.Linear(12, 7, hasBias: false), Features),
        new("Linear on more dimensions", () => nn.Linear(8, 7), Maps),
        new("EqualizedLinear", () => GanLayer.EqualizedLinear(12, 7), Features),
        new("EqualizedLinear with a multiplier", () => GanLayer.EqualizedLinear(12, 7, 0.01), Features),
        new("SpectralNorm of Linear", () => SpectralNorm.Linear(12, 7), Features),
        new("SpectralNorm of Linear without bias", () => SpectralNorm.Linear(12, 7, bias: false), Features),
        new("SpectralNorm of Conv2d", () => SpectralNorm.Conv2d(4, 6, 3, stride: 2, padding: 1), Maps),
        new("SpectralNorm of Conv2d same", () => SpectralNorm.Apply(nn.Conv2d(4, 6, 4, padding: Padding.Same)), Maps),
        new("SpectralNorm of Conv2d circular", () => SpectralNorm.Apply(nn.Conv2d(4, 6, 3, padding: 1, padding_mode: PaddingModes.Circular)), Maps),
        new("SpectralNorm of ConvTranspose2d", () => SpectralNorm.ConvTranspose2d(4, 6, 4, stride: 2, padding: 1), Maps),
    ];

    private static IEnumerable<LayerCase> Normalizations() =>
    [
        new("BatchNorm1d", () => nn.BatchNorm1d(12), Features),
        new("BatchNorm1d of sequences, Keras's epsilon", () => nn.BatchNorm1d(4, 1e-3, 0.2), Sequence),
        new("BatchNorm1d without parameters", () => nn.BatchNorm1d(12, affine: false), Features),
        new("BatchNorm2d", () => nn.BatchNorm2d(4), Maps),
        new("BatchNorm2d without statistics", () => nn.BatchNorm2d(4, track_running_stats: false), Maps),
        new("BatchNorm2d without statistics and parameters", () => nn.BatchNorm2d(4, affine: false, track_running_stats: false), Maps),
        new("BatchNorm3d", () => nn.BatchNorm3d(4), Volume),
        new("InstanceNorm1d", () => nn.InstanceNorm1d(4), Sequence),
        new("InstanceNorm2d", () => nn.InstanceNorm2d(4), Maps),
        new("InstanceNorm2d with parameters", () => nn.InstanceNorm2d(4, affine: true), Maps),
        new("InstanceNorm2d with statistics", () => nn.InstanceNorm2d(4, affine: true, track_running_stats: true), Maps),
        new("InstanceNorm3d", () => nn.InstanceNorm3d(4), Volume),
        new("GroupNorm", () => nn.GroupNorm(2, 4), Maps),
        new("GroupNorm without parameters", () => nn.GroupNorm(2, 4, affine: false), Maps),
        new("LayerNorm", () => nn.LayerNorm(12), Features),
        new("LayerNorm of maps", () => nn.LayerNorm([6, 8]), Maps),
        new("LayerNorm without parameters", () => nn.LayerNorm([4, 6, 8], elementwise_affine: false), Maps),
        new("LocalResponseNorm", () => nn.LocalResponseNorm(3, 0.1, 0.7, 2), Maps),
        new("PixelNorm", GanLayer.PixelNorm, Maps),
        new("PixelNorm of latents", GanLayer.PixelNorm, Features),
        new("MinibatchStdDev", () => GanLayer.MinibatchStdDev(), Maps),
        new("MinibatchStdDev of features", () => GanLayer.MinibatchStdDev(2, 3), Features),
        new("MinibatchStdDev of two features", () => GanLayer.MinibatchStdDev(2, 2), Maps),
    ];

    private static IEnumerable<LayerCase> Paddings() =>
    [
        new("ConstantPad1d", () => nn.ConstantPad1d((1, 2), 0.5), Sequence),
        new("ConstantPad2d", () => nn.ConstantPad2d((1, 2, 3, 0), 0.5), Maps),
        new("ConstantPad3d", () => nn.ConstantPad3d((1, 2, 3, 0, 0, 1), 0.5), Volume),
        new("ConstantPad2d that cuts", () => nn.ConstantPad2d((-1, 2, 1, -2), 0.5), Maps),
        new("ZeroPad2d", () => nn.ZeroPad2d(2), Maps),
        new("ReflectionPad1d", () => nn.ReflectionPad1d(2), Sequence),
        new("ReflectionPad2d", () => nn.ReflectionPad2d((1, 2, 3, 0)), Maps),
        new("ReflectionPad3d", () => nn.ReflectionPad3d(1), Volume),
        new("ReplicationPad1d", () => nn.ReplicationPad1d((0, 3)), Sequence),
        new("ReplicationPad2d", () => nn.ReplicationPad2d(2), Maps),
        new("ReplicationPad3d", () => nn.ReplicationPad3d(1), Volume),
    ];

    private static IEnumerable<LayerCase> Poolings() =>
    [
        new("MaxPool1d", () => nn.MaxPool1d(2), Sequence),
        new("MaxPool2d", () => nn.MaxPool2d(2), Maps),
        new("MaxPool2d overlapping", () => nn.MaxPool2d(3, stride: 2, padding: 1, ceil_mode: true), Maps),
        new("MaxPool2d dilated", () => nn.MaxPool2d(2, stride: 1, dilation: 2), Maps),
        new("MaxPool3d", () => nn.MaxPool3d(2), Volume),
        new("AvgPool1d", () => nn.AvgPool1d(2), Sequence),
        new("AvgPool2d", () => nn.AvgPool2d(2), Maps),
        new("AvgPool2d padded", () => nn.AvgPool2d(3, stride: 2, padding: 1), Maps),
        new("AvgPool2d padded, counting its own", () => nn.AvgPool2d(3, stride: 2, padding: 1, count_include_pad: false), Maps),
        new("AvgPool3d", () => nn.AvgPool3d(2), Volume),
        new("AdaptiveAvgPool1d", () => nn.AdaptiveAvgPool1d(5), Sequence),
        new("AdaptiveAvgPool2d", () => nn.AdaptiveAvgPool2d([3, 2]), Maps),
        new("AdaptiveAvgPool2d to one", () => nn.AdaptiveAvgPool2d(1), Maps),
        new("AdaptiveAvgPool3d", () => nn.AdaptiveAvgPool3d(2), Volume),
        new("AdaptiveMaxPool1d", () => nn.AdaptiveMaxPool1d(5), Sequence),
        new("AdaptiveMaxPool2d", () => nn.AdaptiveMaxPool2d([3, 2]), Maps),
        new("Upsample nearest", () => nn.Upsample(scale_factor: [2, 2]), Maps),
        new("Upsample nearest by a fraction", () => nn.Upsample(scale_factor: [1.5, 2.5]), Maps),
        new("Upsample nearest of sequences", () => nn.Upsample(scale_factor: [2]), Sequence),
        new("Upsample nearest of volumes", () => nn.Upsample(scale_factor: [2, 2, 2]), Volume),
        new("Upsample bilinear", () => nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: false), Maps),
        new("Upsample bilinear, aligned", () => nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bilinear, align_corners: true), Maps),
        new("Upsample bilinear to a size", () => nn.Upsample(size: [9, 11], mode: UpsampleMode.Bilinear, align_corners: false), Maps),
        new("Upsample bicubic", () => nn.Upsample(scale_factor: [2, 2], mode: UpsampleMode.Bicubic, align_corners: false), Maps),
        new("Upsample linear", () => nn.Upsample(scale_factor: [2], mode: UpsampleMode.Linear, align_corners: false), Sequence),
        new("PixelShuffle", () => nn.PixelShuffle(2), Maps),
        new("PixelUnshuffle", () => nn.PixelUnshuffle(2), Maps),
        new("ChannelShuffle", () => nn.ChannelShuffle(2), Maps),
    ];

    private static IEnumerable<LayerCase> Shapes() =>
    [
        new("Flatten", () => nn.Flatten(), Maps),
        new("Flatten of the middle", () => nn.Flatten(1, 2), Maps),
        new("Flatten of the end", () => nn.Flatten(2), Maps),
        new("Flatten counted from the end", () => nn.Flatten(-2, -1), Maps),
        new("Unflatten", () => nn.Unflatten(1, [3, 4]), Features),
        new("Unflatten with an open size", () => nn.Unflatten(1, [2, -1, 2]), Features),
        new("Unflatten of the middle", () => nn.Unflatten(2, [2, 3]), Maps),
        new("Identity", () => nn.Identity(), Maps),
        new("Dropout", () => nn.Dropout(), Features),
        new("Dropout1d", () => nn.Dropout1d(), Sequence),
        new("Dropout2d", () => nn.Dropout2d(), Maps),
        new("Dropout3d", () => nn.Dropout3d(), Volume),
        new("AlphaDropout", () => nn.AlphaDropout(), Features),
        new("FeatureAlphaDropout", () => nn.FeatureAlphaDropout(), Features),
        new("Sequential", () => nn.Sequential(nn.Linear(12, 5), nn.Sequential(nn.Tanh(), nn.Linear(5, 3))), Features),
        new("An empty Sequential within another", () => nn.Sequential(nn.Sequential(), nn.Tanh()), Features),
    ];

    private static IEnumerable<LayerCase> Gan() =>
    [
        new("Residual", () => GanLayer.Residual(nn.Sequential(nn.LeakyReLU(0.2), nn.Conv2d(4, 4, 3, padding: 1))), Maps),
        new("Concatenated", () => GanLayer.Concatenated(nn.Conv2d(4, 3, 3, padding: 1)), Maps),
        new("ReconstructionEnergy", () => GanLayer.ReconstructionEnergy(nn.Conv2d(4, 4, 3, padding: 1)), Maps),
        new("ReconstructionEnergy, squared", () => GanLayer.ReconstructionEnergy(nn.Linear(12, 12), squared: true), Features),
        new("EqualizedConv2d", () => GanLayer.EqualizedConv2d(4, 6, 3, stride: 2, padding: 1), Maps),
        new("NoiseInjection", () => GanLayer.NoiseInjection(), Maps),
        new("SynchronizedBatchNorm", () => Synchronized(nn.BatchNorm2d(4)), Maps),
        new("SynchronizedBatchNorm without statistics", () => Synchronized(nn.BatchNorm2d(4, track_running_stats: false)), Maps),
        new("UNet", () => GanLayer.UNet(4, 3, levels: 2, filters: 4), 4, 8, 8),
        new("PatchDiscriminator", () => GanLayer.PatchDiscriminator(4, filters: 4, halvings: 1), Maps),
        new("ReflectionResidual", () => GanLayer.ReflectionResidual(4), Maps),
        new("SelfAttention", () => GanLayer.SelfAttention(4, reduction: 2), Maps),
        new("SelfAttention with spectral norm", () => GanLayer.SelfAttention(4, spectralNorm: true, reduction: 2), Maps),
    ];

    private static nn.Module<Tensor, Tensor> Synchronized(nn.Module<Tensor, Tensor> norm)
    {
        var network = nn.Sequential(norm);
        GanLayer.SynchronizeBatchNorm(network);
        return network;
    }
}
