using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

public sealed class OnnxExportTests : IDisposable
{
    private readonly OnnxFolder _folder = new();
    private readonly Generator _random = new(5);

    public void Dispose()
    {
        _random.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Save_WithoutOptions_NamesBatchInputOutputAndWeightsAsTorchDoes()
    {
        using var network = nn.Sequential(("first", nn.Linear(4, 8)), ("norm", nn.BatchNorm1d(8)), ("last", nn.Linear(8, 6)));

        var result = OnnxExport.Save(_folder.File, network, Latents());

        var model = OnnxFolder.Read(_folder.File);
        model.ProducerName.Should().Be("AdversarialKit");
        model.ProducerVersion.Should().MatchRegex(@"^\d+\.\d+\.\d+");
        model.OpsetImport.Should().ContainSingle().Which.Version.Should().Be(OnnxGraph.OperatorSet);
        model.Graph.Name.Should().Be("Sequential");
        Describe(model.Graph.Input.Single()).Should().Be("input [batch, 4]");
        Describe(model.Graph.Output.Single()).Should().Be("output [batch, 6]");
        model.Graph.Initializer.Select(tensor => tensor.Name).Should().Equal(
            "first.weight", "first.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "last.weight", "last.bias");
        model.Graph.Node.Select(node => node.Name).Should().Equal("first/MatMul", "first/Add", "norm/BatchNormalization", "last/MatMul", "last/Add");
        result.Should().Be(new OnnxExportResult(_folder.File, new FileInfo(_folder.File).Length, result.LargestDeviation, 9));
    }

    [Fact]
    public void Save_WithOptions_HasTheirNamesAndNotes()
    {
        using var layer = nn.Linear(4, 6);
        var options = new OnnxExportOptions
        {
            InputNames = ["z"],
            OutputName = "points",
            GraphName = "ring",
            Metadata = new Dictionary<string, string> { ["author"] = "Zoë" },
        };

        OnnxExport.Save(_folder.File, layer, Latents(), options);

        var model = OnnxFolder.Read(_folder.File);
        (model.Graph.Name, model.Graph.Input[0].Name, model.Graph.Output[0].Name).Should().Be(("ring", "z", "points"));
        model.MetadataProps.Select(note => (note.Key, note.Value)).Should().Equal(("author", "Zoë"));
    }

    [Fact]
    public void Save_OfAModuleThatGivesItsInputBack_StillHasAnOutput()
    {
        using var network = nn.Sequential(nn.Identity(), nn.Dropout());

        OnnxExport.Save(_folder.File, network, Latents()).LargestDeviation.Should().Be(0);

        Describe(OnnxFolder.Read(_folder.File).Graph.Output.Single()).Should().Be("output [batch, 4]");
    }

    [Fact]
    public void Save_OfOneExample_TriesTwoAsWell()
    {
        using var layer = nn.Linear(4, 6);
        using var one = randn(1, 4, generator: _random);

        OnnxExport.Save(_folder.File, layer, one).Samples.Should().Be(3);

        Describe(OnnxFolder.Read(_folder.File).Graph.Output.Single()).Should().Be("output [batch, 6]");
    }

    [Fact]
    public void Save_OfALayerThatIsCalledTwice_HoldsItsWeightsOnce()
    {
        using var network = nn.Sequential(new OwnModule(), nn.Tanh());

        OnnxExport.Save(_folder.File, network, Latents()).LargestDeviation.Should().BeLessThan(1e-6);

        var graph = OnnxFolder.Read(_folder.File).Graph;
        graph.Initializer.Select(tensor => tensor.Name).Should().Equal("0.hidden.weight", "0.hidden.bias", "0/constant");
        graph.Node.Select(node => node.Name).Should().Equal(
            "0.hidden/MatMul", "0.hidden/Add", "0.hidden/MatMul_2", "0.hidden/Add_2", "0/Mul", "1/Tanh");
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Save_OfAModulatedConvolution_GivesTheNumbersOfLibtorch(bool demodulate, bool equalized)
    {
        using var layer = GanLayer.ModulatedConv2d(4, 6, 3, demodulate, equalized);
        using var maps = randn([8, 4, 5, 7], generator: _random);
        using var styles = randn([8, 4], generator: _random);
        LayerCase.Drawn(layer);

        OnnxExport.Save(_folder.File, layer, maps, styles).LargestDeviation.Should().BeLessThan(1e-5);
    }

    [Fact]
    public void Save_OfTwoInputsSideBySide_GivesTheNumbersOfLibtorch()
    {
        using var layer = GanLayer.SideBySide(nn.Conv2d(5, 2, 3));
        using var maps = randn([8, 4, 5, 7], generator: _random);
        using var condition = randn([8, 1, 5, 7], generator: _random);

        OnnxExport.Save(_folder.File, layer, maps, condition).LargestDeviation.Should().BeLessThan(1e-5);
    }

    [Fact]
    public void Save_OfStyleMixing_GivesTheFirstStyleToAllLayers()
    {
        using var mixing = GanLayer.StyleMixing(5);
        using var first = randn([8, 4], generator: _random);
        using var second = randn([8, 4], generator: _random);

        OnnxExport.Save(_folder.File, mixing, first, second).LargestDeviation.Should().Be(0);
    }

    [Fact]
    public void Save_OfLayersWithLabels_GivesTheNumbersOfLibtorch()
    {
        using var generator = new LabelledGenerator();
        using var head = GanLayer.ProjectionHead(4, 3, spectralNorm: true);
        using var maps = GanLayer.ConditionalBatchNorm2d(2, 3);
        using var labels = tensor([0L, 1, 2, 2, 1, 0, 0, 1]);
        using var images = randn([8, 2, 3, 3], generator: _random);
        LayerCase.Drawn(generator);
        LayerCase.Drawn(head);
        LayerCase.Drawn(maps);

        OnnxExport.Save(_folder.File, generator, Latents(), labels).LargestDeviation.Should().BeLessThan(1e-6);
        OnnxExport.Save(_folder["head.onnx"], head, Latents(), labels).LargestDeviation.Should().BeLessThan(1e-6);
        OnnxExport.Save(_folder["maps.onnx"], maps, images, labels).LargestDeviation.Should().BeLessThan(1e-6);

        OnnxFolder.Read(_folder.File).Graph.Input.Select(Describe).Should().Equal("input [batch, 4]", "condition [batch]");
        OnnxExport.Verify(_folder.File, generator, Latents(), labels).LargestDeviation.Should().BeLessThan(1e-6);
    }

    [Fact]
    public void Save_Anything_ChangesNothingOfTheModuleNorOfTorchsGenerator()
    {
        using var network = nn.Sequential(
            nn.Linear(4, 8), nn.BatchNorm1d(8), SpectralNorm.Linear(8, 8), nn.Dropout(), new OwnWithState(), nn.Linear(8, 6));
        network.train();
        ((nn.Module)network.children().ElementAt(1)).eval();
        network.parameters().First().requires_grad = false;
        using var loss = network.call(Latents()).sum();
        loss.backward();
        var before = Snapshot.Of(network);
        random.manual_seed(9);
        using var expected = rand(5);
        random.manual_seed(9);

        OnnxExport.Save(_folder.File, network, Latents());
        OnnxExport.Verify(_folder.File, network, Latents());

        Snapshot.Of(network).Should().Be(before);
        using var drawn = rand(5);
        drawn.data<float>().Should().Equal(expected.data<float>());
    }

    [Fact]
    public void Save_Repeatedly_LeavesNoTensorBehind()
    {
        using var network = nn.Sequential(nn.Linear(4, 8), SpectralNorm.Linear(8, 8), GanLayer.PixelNorm(), GanLayer.EqualizedLinear(8, 6));
        using var example = Latents();
        OnnxExport.Save(_folder.File, network, example);
        using var scope = NewDisposeScope();
        var live = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        OnnxExport.Save(_folder.File, network, example);

        DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount.Should().Be(live);
    }

    private Tensor Latents() => randn(8, 4, generator: _random);

    private static string Describe(global::Onnx.ValueInfoProto value) =>
        $"{value.Name} [{string.Join(", ", value.Type.TensorType.Shape.Dim.Select(size => size.DimParam.Length > 0 ? size.DimParam : $"{size.DimValue}"))}]";
}
