using System.Diagnostics;
using MnistGan;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

/// <summary>The generators of the samples: what is promised of an export, on 1,000 latents.</summary>
public sealed class OnnxSamplesTests(ITestOutputHelper output) : IDisposable
{
    private readonly OnnxFolder _folder = new();

    public static TheoryData<string> Names => [.. Generators.Keys];

    internal static IReadOnlyDictionary<string, Func<Generator, nn.Module>> Generators { get; } = new Dictionary<string, Func<Generator, nn.Module>>
    {
        ["MnistGan, reference"] = Networks.Generator,
        ["MnistGan, modern"] = ModernNetworks.Generator,
        ["MnistGan, conditional"] = random => new DigitGenerator(random),
        ["RingOfGaussians"] = _ => RingOfGaussians.Objective.Generator(),
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Save_OfASamplesGenerator_IsWithinAHundredThousandthInLessThanTwoSeconds(string name)
    {
        using var random = new Generator(1);
        using var module = Generators[name](random);
        LayerCase.Statistics(module);
        using var latents = randn(1000, LatentSize(name), generator: random);
        using var digits = arange(1000, dtype: ScalarType.Int64).remainder(10);
        var clock = Stopwatch.StartNew();

        var result = module is nn.Module<Tensor, Tensor> generator
            ? OnnxExport.Save(_folder.File, generator, latents)
            : OnnxExport.Save(_folder.File, (nn.Module<Tensor, Tensor, Tensor>)module, latents, digits);

        output.WriteLine($"{name}: {clock.Elapsed.TotalSeconds:F2} s, {result.FileBytes:N0} bytes, {result.LargestDeviation:G2} on {result.Samples} samples");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(2));
        result.LargestDeviation.Should().BeLessThan(1e-5);
        result.Samples.Should().Be(1001);
    }

    internal static long LatentSize(string name) => name == "MnistGan, reference" ? Networks.LatentSize : 16;
}
