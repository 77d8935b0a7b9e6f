using System.Diagnostics;
using AdversarialKit.Tests;
using DigitService;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Docs.Tests;

/// <summary>The program of docs/serving.md that runs a generator without TorchSharp, as a process that has none.</summary>
public sealed class OnnxProgramTests : IDisposable
{
    private const string Levels = " .:-=+*#%@";

    private readonly string _folder = Directory.CreateTempSubdirectory("adversarialkit-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LinuxFact]
    public void Program_WithoutTorchSharp_PrintsTheDigitThatLibtorchMakes()
    {
        using var scope = NewDisposeScope();
        using var generator = new DigitGenerator();
        generator.eval();
        var model = Path.Combine(_folder, "generator.onnx");
        var (latents, labels) = (randn(20, DigitGenerator.LatentSize), arange(20, ScalarType.Int64).remainder(10));
        OnnxExport.Save(model, generator, latents, labels, new OnnxExportOptions { InputNames = ["latents", "labels"], OutputName = "samples" });
        Compile();

        var printed = Run(model);

        Directory.EnumerateFiles(_folder).Select(Path.GetFileName).Should().NotContain(name => name!.Contains("Torch", StringComparison.OrdinalIgnoreCase));
        using var noGrad = no_grad();
        var expected = generator.forward(zeros(1, DigitGenerator.LatentSize), full([1], 7, dtype: ScalarType.Int64)).data<float>().ToArray();
        printed.Should().HaveLength(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            // Where a pixel lies on the edge of two characters, either will do.
            var (low, high) = (Level(expected[i] - 1e-5f), Level(expected[i] + 1e-5f));
            new[] { low, high }.Should().Contain(printed[i]);
        }
    }

    private static char Level(float pixel) => Levels[(int)((pixel + 1) / 2 * 9.99f)];

    private void Compile()
    {
        var code = MarkdownFile.Open("docs/serving.md").Blocks().Single(block => block.Code.Contains("new InferenceSession(args[0])", StringComparison.Ordinal)).Code;
        var onnx = Path.Combine(AppContext.BaseDirectory, "Microsoft.ML.OnnxRuntime.dll");
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == framework).Append(onnx).Select(path => MetadataReference.CreateFromFile(path));
        var made = CSharpCompilation.Create(
            "seven", [CSharpSyntaxTree.ParseText("global using System;\n"), CSharpSyntaxTree.ParseText(code)], references, new CSharpCompilationOptions(OutputKind.ConsoleApplication))
            .Emit(Path.Combine(_folder, "seven.dll"));
        made.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
        File.Copy(onnx, Path.Combine(_folder, "Microsoft.ML.OnnxRuntime.dll"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "libonnxruntime.so"), Path.Combine(_folder, "libonnxruntime.so"));
        File.WriteAllText(Path.Combine(_folder, "seven.runtimeconfig.json"), """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" } } }""");
    }

    private string Run(string model)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(_folder, "seven.dll"), model]) { RedirectStandardOutput = true })!;
        var printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
        return printed.ReplaceLineEndings("");
    }
}
