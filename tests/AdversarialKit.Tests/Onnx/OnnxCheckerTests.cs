using Xunit.Abstractions;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

public sealed class OnnxCheckerTests(ITestOutputHelper output) : IDisposable
{
    private const string Check = """
        import sys, onnx
        for path in sys.argv[1:]:
            model = onnx.load(path)
            onnx.checker.check_model(model, full_check=True)
            onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True)
        print(len(sys.argv) - 1, "checked")
        """;

    private readonly OnnxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// ONNX Runtime took every file in its strict mode already, or it would not be there. ONNX's own checker, the full one, looks as well
    /// where Debian's python3-onnx is.
    /// </summary>
    [Fact]
    public void Save_OfEveryLayerAndEverySample_PassesOnnxsOwnChecker()
    {
        var files = Layers().Concat(Samples()).ToArray();

        files.Should().OnlyContain(file => File.Exists(file));
        if (!Python.Has("onnx"))
        {
            output.WriteLine("Debian's python3-onnx is not installed: the files were loaded by ONNX Runtime's strict mode alone.");
            return;
        }

        Python.Run(Check, files).Should().Be($"{files.Length} checked");
    }

    private IEnumerable<string> Layers()
    {
        foreach (var (test, i) in LayerCases.All.Select((test, i) => (test, i)))
        {
            using var layer = test.Layer();
            using var example = randn([2, .. test.Sample]);
            yield return OnnxExport.Save(_folder[$"layer-{i}.onnx"], layer, example).FilePath;
        }
    }

    private IEnumerable<string> Samples()
    {
        using var random = new Generator(1);
        foreach (var (name, make) in OnnxSamplesTests.Generators)
        {
            using var module = make(random);
            using var latents = randn(2, OnnxSamplesTests.LatentSize(name), generator: random);
            using var digits = tensor([3L, 7L]);
            yield return OnnxSamplesTests.Save(_folder[$"{name}.onnx"], module, latents, digits).FilePath;
        }
    }
}
