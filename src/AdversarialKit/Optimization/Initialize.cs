using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// Starting values for all layers of a module, drawn from a generator of the caller's, which TorchSharp's own
/// <c>nn.init</c> ignores. A layer is recognised by its parameter <c>weight</c> with two or more dimensions (Linear,
/// convolutions and their transposes); its <c>bias</c> becomes zero. Embeddings keep what they
/// have, and equalized and modulated layers (<see cref="GanLayer.EqualizedLinear"/>, <see cref="GanLayer.ModulatedConv2d"/>) draw the start that is their own.
/// </summary>
public static class Initialize
{
    /// <summary>
    /// Weights uniform in <c>±sqrt(6 / (fan_in + fan_out))</c>, Keras's default (Glorot and Bengio 2010, equation 16,
    /// <see href="https://proceedings.mlr.press/v9/glorot10a.html"/>).
    /// </summary>
    /// <param name="module">The module, changed in place. Remains the caller's.</param>
    /// <param name="generator">The source of randomness; <see langword="null"/>: torch's own. The same seed gives the same weights on every device.</param>
    public static void GlorotUniform(nn.Module module, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        foreach (var layer in Layers(module))
        {
            if (layer is IEqualized equalized)
            {
                Start(layer, equalized.StartDeviation, generator);
            }
            else if (Weight(layer) is { } weight)
            {
                var limit = Math.Sqrt(6.0 / FanSum(weight.shape));
                Draw(weight, t => t.uniform_(-limit, limit, generator!));
                Fill(layer, "bias", 0);
            }
        }
    }

    /// <summary>
    /// Weights normal with mean 0, and the scales of batch normalization normal with mean 1 and shifts zero, as DCGAN
    /// starts (Radford et al. 2016, section 4, <see href="https://arxiv.org/abs/1511.06434"/>).
    /// </summary>
    /// <param name="module">The module, changed in place. Remains the caller's.</param>
    /// <param name="std">The standard deviation, at least 0.</param>
    /// <param name="generator">The source of randomness; <see langword="null"/>: torch's own. The same seed gives the same weights on every device.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not finite.</exception>
    public static void Normal(nn.Module module, double std = 0.02, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        OptimizerRange.AtLeastZero(std, "standard deviation");
        foreach (var layer in Layers(module))
        {
            if (layer is IEqualized equalized)
            {
                Start(layer, equalized.StartDeviation, generator);
            }
            else if (Weight(layer) is { } weight)
            {
                Draw(weight, t => t.normal_(0, std, generator!));
                Fill(layer, "bias", 0);
            }
            else if (layer is BatchNorm && Own(layer, "weight") is { } scale)
            {
                Draw(scale, t => t.normal_(1, std, generator!));
                Fill(layer, "bias", 0);
            }
        }
    }

    private static IEnumerable<nn.Module> Layers(nn.Module module) => module.modules().Prepend(module).Distinct();

    // The layer scales its weights itself: how they start is a part of what it is.
    private static void Start(nn.Module layer, double deviation, Generator? generator)
    {
        Draw(Weight(layer)!, t => t.normal_(0, deviation, generator!));
        Fill(layer, "bias", 0);
    }

    private static Parameter? Own(nn.Module layer, string name) =>
        layer.named_parameters(recurse: false).FirstOrDefault(p => p.name == name).parameter;

    private static Parameter? Weight(nn.Module layer) =>
        layer is not (Embedding or EmbeddingBag) && Own(layer, "weight") is { } weight && weight.dim() >= 2 ? weight : null;

    // fan_in and fan_out are the first two sizes, in either order, times the window that each output sees.
    private static long FanSum(ReadOnlySpan<long> shape)
    {
        var window = 1L;
        foreach (var size in shape[2..])
        {
            window *= size;
        }

        return (shape[0] + shape[1]) * window;
    }

    private static void Fill(nn.Module layer, string name, double value)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var number = value.ToScalar();
        Own(layer, name)?.fill_(number);
    }

    // TorchSharp has CPU generators only, so the numbers are drawn there.
    private static void Draw(Parameter parameter, Action<Tensor> draw)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var drawn = empty(parameter.shape, dtype: parameter.dtype);
        draw(drawn);
        parameter.copy_(drawn);
    }
}
