namespace AdversarialKit;

/// <summary>Gives every layer of a synthesis network its style, now and then from two latents.</summary>
internal sealed class StyleMixing(long layers, double probability) : nn.Module<Tensor, Tensor, Tensor>(nameof(StyleMixing))
{
    internal long Layers => layers;

    public override Tensor forward(Tensor first, Tensor second) => GanLayer.MixStyles(first, second, training ? Crossover() : layers, layers);

    public override string ToString() => $"StyleMixing({layers} layers, probability {Text.Number(probability)})";

    // From torch's shared generator on the CPU, as dropout draws: its state is in checkpoints.
    private long Crossover()
    {
        using var drawn = rand(2);
        using var numbers = drawn.data<float>();
        var mixes = numbers[0] < probability;
        return mixes && layers > 1 ? Math.Min(1 + (long)(numbers[1] * (layers - 1)), layers - 1) : layers;
    }
}
