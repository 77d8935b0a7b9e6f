using BenchmarkDotNet.Attributes;
using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>One step of Adam over the 1.5 million weights of the reference generator.</summary>
public class AdamPieces : IDisposable
{
    private readonly Sequential _network = BenchmarkNetworks.Generator(new Workload(Recipe.Reference, 32));
    private readonly optim.Optimizer _own;
    private readonly optim.Optimizer _ordinary;

    /// <summary>Makes a network with gradients.</summary>
    public AdamPieces()
    {
        var parameters = _network.parameters().ToArray();
        using var scope = NewDisposeScope();
        _network.call(randn(32, Workload.LatentSize)).square().mean().backward();
        _own = Optimizers.Adam(2e-4, beta1: 0.5)(parameters);
        _ordinary = optim.Adam(parameters, 2e-4, 0.5);
    }

    /// <summary>TorchSharp's.</summary>
    [Benchmark(Baseline = true, Description = "TorchSharp's Adam")]
    public void Ordinary() => _ordinary.step();

    /// <summary>The library's.</summary>
    [Benchmark(Description = "fused Adam")]
    public void Fused() => _own.step();

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _own.Dispose();
        _ordinary.Dispose();
        _network.Dispose();
        GC.SuppressFinalize(this);
    }
}
