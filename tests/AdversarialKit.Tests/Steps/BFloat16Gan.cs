using AdversarialKit.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary>A GAN that can be had in either precision, from the same weights.</summary>
internal sealed class BFloat16Gan : IDisposable
{
    public BFloat16Gan(ComputePrecision precision, Action<GanBuilder>? also = null)
    {
        manual_seed(4);
        Generator = nn.Sequential(
            ("hidden", nn.Linear(4, 64)), ("norm", nn.BatchNorm1d(64)), ("relu", nn.LeakyReLU(0.2)), ("out", nn.Linear(64, 6)), ("tanh", nn.Tanh()));
        Discriminator = nn.Sequential(
            ("first", nn.Linear(6, 64)), ("relu", nn.LeakyReLU(0.2)), ("second", nn.Linear(64, 64)), ("relu2", nn.LeakyReLU(0.2)),
            ("out", nn.Linear(64, 1)));
        Gan = Toy.Builder(Generator, Discriminator)
            .WithOptimizers(Optimizers.Adam(2e-4, beta1: 0.5)).WithComputePrecision(precision).WithPreset(also ?? (_ => { })).Build();
    }

    public Sequential Generator { get; }

    public Sequential Discriminator { get; }

    public Gan Gan { get; }

    /// <summary>How far one network's gradients are from another's, in parts of their size.</summary>
    public static double GradientError(nn.Module network, nn.Module exact)
    {
        using var scope = NewDisposeScope();
        var (own, other) = (GradientOf(network), GradientOf(exact));
        return ((own - other).norm() / other.norm()).ToDouble();
    }

    public void Dispose()
    {
        Gan.Dispose();
        Generator.Dispose();
        Discriminator.Dispose();
    }

    private static Tensor GradientOf(nn.Module network) =>
        cat([.. network.parameters().Select(p => p.grad).OfType<Tensor>().Select(g => g.flatten())]);
}
