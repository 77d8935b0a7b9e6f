using BenchmarkDotNet.Attributes;

namespace AdversarialKit.Benchmarks;

/// <summary>A modulated convolution of 16 samples, forward and backward.</summary>
public class ModulationPieces : IDisposable
{
    private const int Samples = 16;

    private nn.Module<Tensor, Tensor, Tensor> _own = null!;
    private nn.Module<Tensor, Tensor, Tensor> _grouped = null!;
    private Tensor _input = null!;
    private Tensor _style = null!;

    /// <summary>Channels in and out, and the side of the maps.</summary>
    [Params("64 x 8", "256 x 8", "128 x 32", "32 x 32")]
    public string Maps { get; set; } = "64 x 8";

    /// <summary>Makes layers and inputs.</summary>
    [GlobalSetup]
    public void Make()
    {
        var sizes = Array.ConvertAll(Maps.Split(" x "), long.Parse);
        _own = GanLayer.ModulatedConv2d(sizes[0], sizes[0], kernelSize: 3);
        _grouped = new GroupedConvolution(sizes[0], sizes[0], kernelSize: 3, demodulates: true);
        _input = randn(Samples, sizes[0], sizes[1], sizes[1], requires_grad: true);
        _style = ones(Samples, sizes[0], requires_grad: true);
    }

    /// <summary>Weights for every sample.</summary>
    [Benchmark(Baseline = true, Description = "grouped convolution")]
    public void Grouped() => Pass(_grouped);

    /// <summary>The library's.</summary>
    [Benchmark(Description = "scaled input and output")]
    public void Own() => Pass(_own);

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _own?.Dispose();
        _grouped?.Dispose();
        _input?.Dispose();
        _style?.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Pass(nn.Module<Tensor, Tensor, Tensor> layer)
    {
        using var scope = NewDisposeScope();
        layer.call(_input, _style).square().sum().backward();
    }
}
