namespace AdversarialKit.Benchmarks;

/// <summary>A modulated convolution as StyleGAN2's published code has it and others took over: weights of every sample, and one group for each.</summary>
internal sealed class GroupedConvolution : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly bool _demodulates;
    private readonly double _scale;
    private TorchSharp.Modules.Parameter _weight;

    public GroupedConvolution(long channels, long outChannels, long kernelSize, bool demodulates)
        : base(nameof(GroupedConvolution))
    {
        (_demodulates, _scale) = (demodulates, 1 / Math.Sqrt(channels * kernelSize * kernelSize));
        _weight = nn.Parameter(randn(outChannels, channels, kernelSize, kernelSize));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor style)
    {
        using var scope = NewDisposeScope();
        var (shape, kernel) = (x.shape, _weight.shape[2]);
        var weight = _weight.unsqueeze(0) * style.reshape(shape[0], 1, shape[1], 1, 1) * _scale;
        if (_demodulates)
        {
            weight = weight * (weight.pow(2).sum([2, 3, 4], keepdim: true) + 1e-8).rsqrt();
        }

        var y = nn.functional.conv2d(
            x.reshape(1, shape[0] * shape[1], shape[2], shape[3]), weight.flatten(0, 1), padding: [kernel / 2, kernel / 2], groups: shape[0]);
        return y.reshape(shape[0], -1, shape[2], shape[3]).MoveToOuterDisposeScope();
    }
}
