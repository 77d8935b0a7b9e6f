namespace AdversarialKit.Benchmarks;

/// <summary>StyleGAN2's layer: style, modulated convolution, noise, bias, activation.</summary>
internal sealed class StyledLayer : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _affine;
    private readonly nn.Module<Tensor, Tensor, Tensor> _convolution;
    private readonly nn.Module<Tensor, Tensor> _noise = GanLayer.NoiseInjection();
    private TorchSharp.Modules.Parameter _bias;

    public StyledLayer(Modulated modulated, long channels, long outChannels, long styles)
        : base(nameof(StyledLayer))
    {
        _affine = GanLayer.EqualizedLinear(styles, channels);
        _convolution = modulated(channels, outChannels, 3, true);
        _bias = nn.Parameter(zeros(outChannels));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x, Tensor style)
    {
        using var scope = NewDisposeScope();
        var y = _noise.call(_convolution.call(x, _affine.call(style) + 1)) + _bias.reshape(1, -1, 1, 1);
        return nn.functional.leaky_relu(y, 0.2).MoveToOuterDisposeScope();
    }
}
