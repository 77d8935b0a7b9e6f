using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DigitService;

/// <summary>
/// Latents [N, 8] and digits [N] to images [N, 1, 28, 28] in [-1, 1], by way of styles: how a digit is written, whichever it is.
/// </summary>
internal sealed class DigitGenerator : nn.Module<Tensor, Tensor, Tensor>, IStyleGenerator, IOnnxModule
{
    public const int Classes = 10;

    /// <summary>Few, so that each is a slider of the page.</summary>
    public const int LatentSize = 8;

    private const int StyleSize = 32;
    private const int HiddenSize = 256;
    private const double Slope = 0.2;

    private readonly Sequential _mapping;
    private readonly Sequential _synthesis;

    public DigitGenerator() : base(nameof(DigitGenerator))
    {
        _mapping = nn.Sequential(GanLayer.EqualizedLinear(LatentSize, StyleSize), nn.LeakyReLU(Slope), GanLayer.EqualizedLinear(StyleSize, StyleSize));

        // No feature map of 28 x 28: four channels of 14 x 14 are laid out as one image, which a processor does fast.
        _synthesis = nn.Sequential(
            GanLayer.EqualizedLinear(StyleSize + Classes, HiddenSize),
            nn.LeakyReLU(Slope),
            GanLayer.EqualizedLinear(HiddenSize, HiddenSize),
            nn.LeakyReLU(Slope),
            nn.Linear(HiddenSize, 64 * 7 * 7),
            nn.Unflatten(1, [64, 7, 7]),
            nn.LeakyReLU(Slope),
            nn.Conv2d(64, 4 * 32, 3, padding: 1),
            nn.PixelShuffle(2),
            nn.LeakyReLU(Slope),
            nn.Conv2d(32, 4, 3, padding: 1),
            nn.PixelShuffle(2),
            nn.Tanh());
        RegisterComponents();
    }

    public static ILatent Latent { get; } = AdversarialKit.Latent.Normal(LatentSize);

    public override Tensor forward(Tensor latents, Tensor digits)
    {
        using var scope = NewDisposeScope();
        return Synthesize(Map(latents, digits), digits).MoveToOuterDisposeScope();
    }

    public Tensor Map(Tensor latents, Tensor? condition) => _mapping.call(latents);

    public Tensor Synthesize(Tensor styles, Tensor? condition)
    {
        using var scope = NewDisposeScope();
        var digit = nn.functional.one_hot(condition!, Classes).to(styles.dtype);
        return _synthesis.call(cat([styles, digit], 1)).MoveToOuterDisposeScope();
    }

    /// <summary>The same in ONNX's operations.</summary>
    public OnnxValue Write(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs) =>
        graph.Call(_synthesis, graph.Concat(1, graph.Call(_mapping, inputs[0]), graph.OneHot(inputs[1], Classes)));
}
