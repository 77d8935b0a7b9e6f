using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

/// <summary>A layer in a setting that an export could get wrong, and the shape of one sample that it takes.</summary>
internal sealed record LayerCase(string Name, Func<nn.Module<Tensor, Tensor>> Make, params long[] Sample)
{
    public override string ToString() => Name;

    /// <summary>The layer with numbers that tell: no scale of 1, no shift of 0, statistics that are not those of the start.</summary>
    public nn.Module<Tensor, Tensor> Layer()
    {
        var layer = Make();
        Drawn(layer);
        return layer;
    }

    public static void Drawn(nn.Module layer)
    {
        using var random = new Generator(3);
        using var noGraph = no_grad();
        foreach (var (name, parameter) in layer.named_parameters())
        {
            // That of a spectral norm must keep fitting its vectors.
            if (!name.EndsWith("weight_orig", StringComparison.Ordinal))
            {
                parameter.uniform_(-0.6, 0.9, random);
            }
        }

        Statistics(layer);
    }

    /// <summary>Running statistics as after a training.</summary>
    public static void Statistics(nn.Module layer)
    {
        using var random = new Generator(4);
        using var noGraph = no_grad();
        foreach (var (name, buffer) in layer.named_buffers())
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal))
            {
                buffer.uniform_(-1, 1, random);
            }
            else if (name.EndsWith("running_var", StringComparison.Ordinal))
            {
                buffer.uniform_(0.3, 2, random);
            }
        }
    }
}
