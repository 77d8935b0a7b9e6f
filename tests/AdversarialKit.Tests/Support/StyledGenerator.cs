using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>Latents of 4 to images of 2 channels and 4x4 pixels through a modulated convolution with noise.</summary>
internal sealed class StyledGenerator : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> mapping = GanLayer.MappingNetwork(2, 6, layers: 2, learningRateMultiplier: 0.1);
    private readonly nn.Module<Tensor, Tensor, Tensor> mixing = GanLayer.StyleMixing(layers: 2);
    private readonly nn.Module<Tensor, Tensor> start = nn.Sequential(nn.Linear(6, 48), nn.Unflatten(1, [3, 4, 4]));
    private readonly nn.Module<Tensor, Tensor> affine = nn.Linear(6, 3);
    private readonly nn.Module<Tensor, Tensor, Tensor> convolution = GanLayer.ModulatedConv2d(3, 2, 3);
    private readonly NoiseInjection noise = GanLayer.NoiseInjection();

    public StyledGenerator() : base(nameof(StyledGenerator))
    {
        RegisterComponents();
        using var noGrad = no_grad();
        noise.get_parameter("strength")!.fill_(0.3);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var halves = input.chunk(2, 1);
        var styles = mixing.call(mapping.call(halves[0]), mapping.call(halves[1]));
        return noise.call(convolution.call(start.call(styles.select(1, 0)), affine.call(styles.select(1, 1)))).MoveToOuterDisposeScope();
    }
}
