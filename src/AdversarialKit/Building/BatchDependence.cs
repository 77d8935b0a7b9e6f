using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Finds layers whose output for one sample depends on the others of its batch.</summary>
internal static class BatchDependence
{
    public const string AtLeastTwo = "at least 2 samples";

    /// <summary>The name of the first such layer, or null.</summary>
    /// <param name="network">The network.</param>
    /// <param name="toleratesMinibatchStdDev">
    /// Whether minibatch standard deviation does not count. R1 and R2 are defined on the gradient of the sum of all outputs, as StyleGAN2
    /// computes them beside that layer: there is nothing per sample in them. Batch normalization stays out: in training mode it takes part
    /// of the very scale out of the gradient that they bound.
    /// </param>
    public static string? In(nn.Module network, bool toleratesMinibatchStdDev = false) => Layers(network)
        .Where(layer => !(toleratesMinibatchStdDev && layer.Layer is MinibatchStdDev))
        .Select(layer => layer.Name)
        .FirstOrDefault();

    /// <summary>All such layers as a step will run them, in the network's order.</summary>
    public static IEnumerable<(string Name, nn.Module Layer)> Layers(nn.Module network) =>
        network.named_modules().Prepend((network.GetType().Name, network))
            .Where(m => (IsBatchNorm(m.Item2) || m.Item2 is IBatchDependent) && !UsesFixedStatistics(network, m.Item2))
            .Select(m => ($"'{m.Item1}' ({m.Item2.GetType().Name})", m.Item2));

    /// <summary>What a layer needs of a batch, in words, where this many samples are not it; else null.</summary>
    public static string? NeedUnmetBy(nn.Module layer, long samples) =>
        layer is IBatchDependent ours ? ours.NeedUnmetBy(samples) : samples < 2 ? AtLeastTwo : null;

    /// <summary>
    /// Whether every layer is one that is known to treat each sample alone and to keep no memory: then two batches can go
    /// through the network as one. Layers that draw (dropout) or carry something along (spectral normalization) are not.
    /// </summary>
    public static bool IsKnownAbsent(nn.Module network) => network.modules().Prepend(network).All(TreatsSamplesAlone);

    private static bool IsBatchNorm(nn.Module module) => module is BatchNorm1d or BatchNorm2d or BatchNorm3d;

    // One without running statistics takes those of the batch in inference mode too.
    private static bool UsesFixedStatistics(nn.Module network, nn.Module layer) =>
        NetworkModes.StaysInInference(network, layer)
        && layer is ConditionalBatchNorm or SynchronizedBatchNorm { TracksStatistics: true } or BatchNorm1d { running_mean: not null } or BatchNorm2d { running_mean: not null } or BatchNorm3d { running_mean: not null };

    private static bool TreatsSamplesAlone(nn.Module module) => module
        is Sequential or Residual or Concatenated or ReconstructionEnergy or Identity or Flatten or Unflatten
        or Linear or EqualizedLinear or EqualizedConv2d or Conv1d or Conv2d or Conv3d or ConvTranspose1d or ConvTranspose2d or ConvTranspose3d
        or ReLU or LeakyReLU or PReLU or ELU or SELU or GELU or SiLU or Softplus or Sigmoid or Tanh
        or LayerNorm or GroupNorm or ReflectionPad2d or AvgPool2d or MaxPool2d or AdaptiveAvgPool2d or PixelShuffle or PixelUnshuffle or Upsample
        || IsOfEachSample(module);

    // Instance normalization, where it gathers no statistics of the batch on the way.
    private static bool IsOfEachSample(nn.Module module) => module is InstanceNorm1d or InstanceNorm2d or InstanceNorm3d && !module.buffers().Any();
}
