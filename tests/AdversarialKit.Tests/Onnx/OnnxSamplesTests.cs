using System.Diagnostics;
using MnistGan;
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
        using var scope = NewDisposeScope();
        using var random = new Generator(1);
        using var module = Generators[name](random);
        LayerCase.Statistics(module);
        var latents = randn(1000, LatentSize(name), generator: random);
        var digits = arange(1000, dtype: ScalarType.Int64).remainder(10);
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);

        // As many as SaveOnnx takes of a GAN.
        Save(module, latents.narrow(0, 0, 64), digits.narrow(0, 0, 64));

        var (elapsed, processor) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        var result = Verify(module, latents, digits);
        output.WriteLine($"{name}: written in {elapsed:F2} s ({processor:F2} s of processors), {result.FileBytes:N0} bytes, within {result.LargestDeviation:G2} on {result.Samples - 1} latents");
        // The time of all processors: other work on the machine would stretch the other.
        processor.Should().BeLessThan(2);
        result.LargestDeviation.Should().BeLessThan(1e-5);
        result.Samples.Should().Be(1001);
    }

    internal static OnnxExportResult Save(string path, nn.Module module, Tensor latents, Tensor digits) => module is nn.Module<Tensor, Tensor> generator
        ? OnnxExport.Save(path, generator, latents)
        : OnnxExport.Save(path, (nn.Module<Tensor, Tensor, Tensor>)module, latents, digits);

    internal static long LatentSize(string name) => name == "MnistGan, reference" ? Networks.LatentSize : 16;

    private void Save(nn.Module module, Tensor latents, Tensor digits) => Save(_folder.File, module, latents, digits);

    private OnnxExportResult Verify(nn.Module module, Tensor latents, Tensor digits) => module is nn.Module<Tensor, Tensor> generator
        ? OnnxExport.Verify(_folder.File, generator, latents)
        : OnnxExport.Verify(_folder.File, (nn.Module<Tensor, Tensor, Tensor>)module, latents, digits);
}
