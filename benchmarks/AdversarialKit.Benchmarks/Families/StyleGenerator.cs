namespace AdversarialKit.Benchmarks;

/// <summary>Latents [N, 2 x 64], half of them for mixing, to pictures [N, 3, 32, 32].</summary>
internal sealed class StyleGenerator : nn.Module<Tensor, Tensor>, IStyleGenerator
{
    private const int Styles = 64;
    private const int Layers = 5;

    private readonly nn.Module<Tensor, Tensor> _mapping = GanLayer.MappingNetwork(StyleGanNetworks.Latents, Styles, layers: 4);
    private readonly nn.Module<Tensor, Tensor, Tensor> _mixing = GanLayer.StyleMixing(Layers);
    private readonly StyledLayer _at4;
    private readonly StyledLayer _at8;
    private readonly StyledLayer _at16;
    private readonly StyledLayer _at32;
    private readonly nn.Module<Tensor, Tensor> _affine = GanLayer.EqualizedLinear(Styles, 32);
    private readonly nn.Module<Tensor, Tensor, Tensor> _picture;
    private TorchSharp.Modules.Parameter _constant = nn.Parameter(randn(1, 128, 4, 4));

    public StyleGenerator(Modulated modulated)
        : base(nameof(StyleGenerator))
    {
        (_at4, _at8) = (new StyledLayer(modulated, 128, 128, Styles), new StyledLayer(modulated, 128, 128, Styles));
        (_at16, _at32) = (new StyledLayer(modulated, 128, 64, Styles), new StyledLayer(modulated, 64, 32, Styles));
        _picture = modulated(32, 3, 1, false);
        RegisterComponents();
    }

    public Tensor Map(Tensor latents, Tensor? condition)
    {
        var halves = latents.chunk(2, 1);
        return _mixing.call(_mapping.call(halves[0]), _mapping.call(halves[1]));
    }

    public Tensor Synthesize(Tensor styles, Tensor? condition)
    {
        var maps = _at4.call(_constant.expand(styles.shape[0], -1, -1, -1), styles.select(1, 0));
        maps = _at8.call(Doubled(maps), styles.select(1, 1));
        maps = _at16.call(Doubled(maps), styles.select(1, 2));
        maps = _at32.call(Doubled(maps), styles.select(1, 3));
        return _picture.call(maps, _affine.call(styles.select(1, 4)) + 1);
    }

    public override Tensor forward(Tensor latents)
    {
        using var scope = NewDisposeScope();
        return Synthesize(Map(latents, null), null).MoveToOuterDisposeScope();
    }

    private static Tensor Doubled(Tensor maps) => nn.functional.interpolate(maps, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
}
