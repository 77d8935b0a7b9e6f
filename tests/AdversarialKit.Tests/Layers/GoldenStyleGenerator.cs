using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>The generator of <c>sys_13_stylegan.json</c>, put together from the library's layers under the file's names.</summary>
internal sealed class GoldenStyleGenerator : nn.Module
{
    public const int Layers = 3;

    private readonly nn.Module<Tensor, Tensor> _pixelNorm = GanLayer.PixelNorm();
    [ComponentName(Name = "const")]
    private Parameter _constant = (Parameter)nn.Parameter(zeros(6, 3, 3)).DetachFromDisposeScope();
    [ComponentName(Name = "mapping")]
    private readonly nn.Module<Tensor, Tensor> _mapping = nn.Sequential(nn.Linear(8, 12), nn.LeakyReLU(0.2), nn.Linear(12, 12), nn.LeakyReLU(0.2));
    [ComponentName(Name = "layer1")]
    private readonly StyleLayer _first = new(6, 6, 3, toImage: false);
    [ComponentName(Name = "layer2")]
    private readonly StyleLayer _second = new(6, 6, 3, toImage: false);
    [ComponentName(Name = "toimage")]
    private readonly StyleLayer _toImage = new(6, 2, 1, toImage: true);

    public GoldenStyleGenerator() : base(nameof(GoldenStyleGenerator)) => RegisterComponents();

    public Tensor Styles(Tensor z, Tensor z2, long crossover) =>
        GanLayer.MixStyles(_mapping.call(_pixelNorm.call(z)), _mapping.call(_pixelNorm.call(z2)), crossover, Layers);

    public Tensor Image(Tensor styles, Tensor noise3, Tensor noise6)
    {
        var x = _first.Run(_constant.unsqueeze(0).expand(styles.shape[0], -1, -1, -1), styles.select(1, 0), noise3);
        x = nn.functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        return _toImage.Run(_second.Run(x, styles.select(1, 1), noise6), styles.select(1, 2), null);
    }

    private sealed class StyleLayer : nn.Module
    {
        [ComponentName(Name = "affine")]
        private readonly Linear _affine;
        [ComponentName(Name = "convolution")]
        private readonly nn.Module<Tensor, Tensor, Tensor> _convolution;
        [ComponentName(Name = "noise")]
        private readonly NoiseInjection? _noise;
        [ComponentName(Name = "bias")]
        private Parameter _bias;

        public StyleLayer(long channels, long outChannels, long kernel, bool toImage) : base(nameof(StyleLayer))
        {
            _affine = nn.Linear(12, channels);
            _convolution = GanLayer.ModulatedConv2d(channels, outChannels, kernel, demodulate: !toImage, equalized: false);
            _noise = toImage ? null : GanLayer.NoiseInjection();
            _bias = (Parameter)nn.Parameter(zeros(outChannels)).DetachFromDisposeScope();
            RegisterComponents();
        }

        public Tensor Run(Tensor x, Tensor w, Tensor? noise)
        {
            x = _convolution.call(x, _affine.call(w));
            x = noise is null ? x : _noise!.Add(x, noise);
            x += _bias.reshape(1, -1, 1, 1);
            return noise is null ? x : nn.functional.leaky_relu(x, 0.2);
        }
    }
}
