using System.Text.RegularExpressions;
using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

public sealed class LayerTableTests
{
    public static TheoryData<string> Cases => [.. LayerCases.All.Select(layer => layer.Name)];

    // No layers of a network by themselves: they have no forward, make a parameter, or give two values to a module of one's own.
    private static readonly string[] NoLayers = ["Parameter", "ModuleList", "Module", "RNN"];

    private static readonly string[] Searched = ["README.md", "docs", "samples", "benchmarks"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Save_OfALayer_GivesTheNumbersOfLibtorchForAnyBatch(string name)
    {
        var test = LayerCases.All.Single(layer => layer.Name == name);
        using var folder = new OnnxFolder();
        using var layer = test.Layer();
        using var random = new Generator(5);
        // Wide enough for every bend of every activation.
        using var example = randn([4, .. test.Sample], generator: random).mul_(4);

        var result = OnnxExport.Save(folder.File, layer, example);

        result.LargestDeviation.Should().BeLessThan(1e-5);
        result.Samples.Should().Be(5, "four samples and then one were compared");
        using var more = randn([8, .. test.Sample], generator: random);
        OnnxExport.Verify(folder.File, layer, more).LargestDeviation.Should().BeLessThan(1e-5);
    }

    [Fact]
    public void Table_OfTheExport_HoldsEveryLayerOfTheLibrary()
    {
        var layers = typeof(GanLayer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(nn.Module)) && !type.IsAbstract);

        layers.Except(LayerTable.Types).Should().BeEmpty();
    }

    /// <summary>Also <c>SpectralNorm</c> and <c>GanLayer</c>, whose types the test above counts.</summary>
    [Fact]
    public void Table_OfTheExport_HoldsEveryLayerOfSamplesDocsAndBenchmarks()
    {
        var used = Searched.SelectMany(Sources)
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), @"\bnn\.([A-Z]\w*)\(").Select(match => match.Groups[1].Value))
            .Distinct().Except(NoLayers).ToArray();
        var known = LayerTable.Types.Where(type => type.Namespace == typeof(Linear).Namespace).Select(type => type.Name);

        used.Should().Contain("ConvTranspose2d");
        used.Except(known).Should().BeEmpty();
    }

    [Fact]
    public void Cases_OfTheTestAbove_TryEveryLayerThatTakesOneInput()
    {
        var types = LayerCases.All.SelectMany(test =>
        {
            using var layer = test.Make();
            return layer.modules().Prepend(layer).Select(module => module.GetType()).ToArray();
        });

        // Embedding takes labels, five others something beside, and GumbelSoftmax is refused: each has a test of its own.
        LayerTable.Types.Except(types).Should().BeEquivalentTo(
            [typeof(Embedding), typeof(ConditionalBatchNorm), typeof(ProjectionHead), typeof(ModulatedConv2d), typeof(StyleMixing), typeof(TwoInputs), typeof(GumbelSoftmax)]);
    }

    private static IEnumerable<string> Sources(string name)
    {
        var path = Path.Combine(Repository.Root, name);
        return File.Exists(path)
            ? [path]
            : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".md")
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
    }
}
