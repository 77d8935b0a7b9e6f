using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

public sealed class OnnxExportFaultsTests : IDisposable
{
    private readonly OnnxFolder _folder = new();
    private readonly Tensor _latents = randn(8, 4);

    public void Dispose()
    {
        _latents.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Save_OfAnUnknownModule_NamesItsPathAndTheSeam()
    {
        using var unknown = new FunctionModule(4, 4, (linear, x) => linear.call(x));
        using var network = nn.Sequential(("features", nn.Sequential(nn.Linear(4, 4), unknown)), ("last", nn.Linear(4, 1)));

        Refusal(() => OnnxExport.Save(_folder.File, network, _latents)).Should().Be(
            "'features.1' is a FunctionModule whose forward pass the export does not know and cannot see. Let FunctionModule implement IOnnxModule: "
            + "its one method, Write, says the forward pass in ONNX's operations.");
        Refusal(() => OnnxExport.Save(_folder.File, unknown, _latents)).Should().StartWith("The module is a FunctionModule whose forward pass");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public void Save_OfADrawFromCategories_SaysHowToDoWithout()
    {
        using var network = nn.Sequential(nn.Linear(4, 3), GanLayer.GumbelSoftmax());

        Refusal(() => OnnxExport.Save(_folder.File, network, _latents)).Should().Be(
            "'1' is a GumbelSoftmax that draws random numbers at every call, which a file cannot repeat. "
            + "Export the network up to its logits, and draw from them in the program that runs the file.");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public void Save_WhereWriteSaysSomethingElseThanForward_RefusesAndKeepsTheOldFile()
    {
        using var right = new OwnModule();
        using var wrong = nn.Sequential(new OwnModule(written: 2.001));
        OnnxExport.Save(_folder.File, right, _latents);
        var before = File.ReadAllBytes(_folder.File);

        Refusal(() => OnnxExport.Save(_folder.File, wrong, _latents)).Should().MatchRegex(
            @"^'.*model\.onnx' was not written: ONNX Runtime's results deviate from libtorch's by (0\.00\d+|\dE-\d+|[\d.]+E-0[34]), and at most 0\.0001 is allowed\. Compare Write with forward in OwnModule\.$");

        File.ReadAllBytes(_folder.File).Should().Equal(before);
        _folder.Names.Should().Equal("model.onnx");
    }

    [Fact]
    public void Save_ToWhereNothingCanBeWritten_SaysWhy()
    {
        using var layer = nn.Linear(4, 4);
        var missing = _folder["no/such/model.onnx"];

        Refusal(() => OnnxExport.Save(missing, layer, _latents)).Should().StartWith($"'{missing}': The file could not be written. Could not find a part of the path");
        Refusal(() => OnnxExport.Save(_folder.Path, layer, _latents)).Should().StartWith($"'{_folder.Path}': The file could not be written.");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public void Save_OfSettingsThatOnnxLacks_NamesThem()
    {
        using var images = randn(2, 4, 6, 8);
        using var divisor = nn.Sequential(nn.AvgPool2d(2, divisor_override: 3));
        using var response = nn.LocalResponseNorm(2);
        using var adaptive = nn.AdaptiveAvgPool2d(4);

        Refusal(() => OnnxExport.Save(_folder.File, divisor, images)).Should().Be(
            "'0' is a AvgPool2d with a divisor of its own, 3, which ONNX does not have. Leave it out, and scale the result.");
        Refusal(() => OnnxExport.Save(_folder.File, response, images)).Should().Be("The module is a LocalResponseNorm of size 2; ONNX Runtime takes odd sizes alone.");
        Refusal(() => OnnxExport.Save(_folder.File, adaptive, images)).Should().Be(
            "The module is a AdaptiveAvgPool2d that makes [4, 4] of [6, 8]; it can be written where the sizes divide.");
    }

    [Fact]
    public void Save_OfDoublesOrNotANumber_SaysWhatToDo()
    {
        using var doubles = nn.Linear(4, 4, dtype: ScalarType.Float64);
        using var broken = nn.Linear(4, 4);
        using (no_grad())
        {
            broken.bias!.fill_(double.NaN);
        }

        Refusal(() => OnnxExport.Save(_folder.File, doubles, _latents)).Should().Be(
            "'weight' is of type Float64; ONNX files are written of Float32. Export a copy of the module that was converted with to(ScalarType.Float32).");
        Refusal(() => OnnxExport.Save(_folder.File, broken, _latents)).Should().Be(
            "Of the examples the module itself makes NaN, with which nothing can be compared. Export a module with finite weights, and pass examples as it was trained on.");
    }

    [Fact]
    public void Save_WithExamplesThatDoNotFit_SaysWhatFits()
    {
        using var layer = nn.Linear(4, 4);
        using var head = GanLayer.ProjectionHead(4, 3);
        using var none = zeros(0, 4);
        using var halves = zeros([8, 4], dtype: ScalarType.Float16);
        using var few = zeros([2], dtype: ScalarType.Int64);
        using var beyond = full([8], 3L, dtype: ScalarType.Int64);

        Wrong(() => OnnxExport.Save(_folder.File, layer, none)).Should().Be("The examples have the shapes [0, 4]; each must hold the same number of samples, at least one.");
        Wrong(() => OnnxExport.Save(_folder.File, layer, halves)).Should().Be("An example is of type Float16; inputs of an ONNX file are Float32, or Int64 for labels.");
        Wrong(() => OnnxExport.Save(_folder.File, head, _latents, few)).Should().Be("The examples have the shapes [8, 4] and [2]; each must hold the same number of samples, at least one.");
        Wrong(() => OnnxExport.Save(_folder.File, head, _latents, beyond)).Should().StartWith("The projection head was given the label 3; labels must be between 0 and 2.");
        Wrong(() => OnnxExport.Save("", layer, _latents)).Should().StartWith("The value cannot be an empty string.");
    }

    [Fact]
    public void Save_WithNamesThatDoNotFit_SaysWhatFits()
    {
        using var layer = nn.Linear(4, 4);

        Wrong(() => OnnxExport.Save(_folder.File, layer, _latents, new OnnxExportOptions { InputNames = ["x"], OutputName = "x" })).Should().Be(
            "The names are [x] for inputs and 'x' for the output; there must be 1 for inputs and one for the output, none empty and none twice. (Parameter 'options')");
        Wrong(() => OnnxExport.Save(_folder.File, layer, _latents, new OnnxExportOptions { InputNames = [] })).Should().StartWith("The names are [] for inputs");
    }

    [Fact]
    public void Verify_OfWhatIsNoOnnxFileOrAnother_SaysSo()
    {
        using var layer = nn.Linear(4, 4);
        using var other = nn.Linear(4, 4);
        using var wide = nn.Linear(5, 4);
        using var five = randn(8, 5);
        var text = _folder["text.onnx"];
        File.WriteAllText(text, "no ONNX");
        OnnxExport.Save(_folder.File, layer, _latents);
        var cut = _folder["cut.onnx"];
        File.WriteAllBytes(cut, File.ReadAllBytes(_folder.File)[..60]);
        File.WriteAllBytes(_folder["empty.onnx"], []);

        Refusal(() => OnnxExport.Verify(text, layer, _latents)).Should().MatchRegex($"^ONNX Runtime refuses '{text}'\\. .+$");
        Refusal(() => OnnxExport.Verify(cut, layer, _latents)).Should().MatchRegex($"^ONNX Runtime refuses '{cut}'\\. .+$");
        Refusal(() => OnnxExport.Verify(_folder["empty.onnx"], layer, _latents)).Should().MatchRegex("^ONNX Runtime refuses '.*empty.onnx'\\. .+$");
        Refusal(() => OnnxExport.Verify(_folder["none.onnx"], layer, _latents)).Should().StartWith($"'{_folder["none.onnx"]}': The file could not be read. Could not find file");
        Refusal(() => OnnxExport.Verify(_folder.File, wide, five)).Should().Be($"'{_folder.File}' takes Float [N, 4], but the examples are Float [8, 5].");
        Refusal(() => OnnxExport.Verify(_folder.File, other, _latents)).Should().MatchRegex(
            @"^'.*model\.onnx' does not hold this module: its results deviate from the module's by [\d.]+, and at most 0\.0001 is allowed\. Write it anew with Save\.$");
    }

    private static string Refusal(Func<OnnxExportResult> act) => act.Should().Throw<OnnxExportException>().Which.Message;

    private static string Wrong(Func<OnnxExportResult> act) => act.Should().Throw<ArgumentException>().Which.Message;
}
