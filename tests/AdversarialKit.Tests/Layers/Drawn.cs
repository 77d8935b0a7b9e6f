using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Normals from a seed of their own.</summary>
internal static class Drawn
{
    public static Tensor Normal(params long[] shape)
    {
        using var random = new Generator(11);
        return randn(shape, generator: random);
    }
}
