using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Finds layers whose output for one sample depends on the others of its batch.</summary>
internal static class BatchDependence
{
    /// <summary>The name of the first such layer, or null.</summary>
    public static string? In(nn.Module network) => network.named_modules().Prepend((network.GetType().Name, network))
        .Where(m => IsBatchNorm(m.Item2) || m.Item2 is IBatchDependent)
        .Select(m => $"'{m.Item1}' ({m.Item2.GetType().Name})")
        .FirstOrDefault();

    public static bool HasBatchNorm(nn.Module network) => network.modules().Prepend(network).Any(IsBatchNorm);

    /// <summary>
    /// Whether every layer is one that is known to treat each sample alone and to keep no memory: then two batches can go
    /// through the network as one. Layers that draw (dropout) or carry something along (spectral normalization) are not.
    /// </summary>
    public static bool IsKnownAbsent(nn.Module network) => network.modules().Prepend(network).All(TreatsSamplesAlone);

    private static bool IsBatchNorm(nn.Module module) => module is BatchNorm1d or BatchNorm2d or BatchNorm3d;

    private static bool TreatsSamplesAlone(nn.Module module) => module
        is Sequential or Residual or Concatenated or ReconstructionEnergy or Identity or Flatten or Unflatten
        or Linear or EqualizedLinear or EqualizedConv2d or Conv1d or Conv2d or Conv3d or ConvTranspose1d or ConvTranspose2d or ConvTranspose3d
        or ReLU or LeakyReLU or PReLU or ELU or SELU or GELU or SiLU or Softplus or Sigmoid or Tanh
        or LayerNorm or GroupNorm or AvgPool2d or MaxPool2d or AdaptiveAvgPool2d or PixelShuffle or PixelUnshuffle or Upsample;
}
