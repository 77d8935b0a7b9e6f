using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace AdversarialKit.Tests.Images;

/// <summary>Networks that are refused.</summary>
public sealed class InceptionNetworkTests
{
    [Fact]
    public void FromTorchScript_NoFile_SaysWhereOneIs() =>
        this.Invoking(_ => InceptionFeatures.FromTorchScript("no/such.pt")).Should().Throw<FileNotFoundException>()
            .WithMessage("There is no TorchScript file 'no/such.pt'. This library brings no Inception network; docs/inception.md tells where the field's lies.");

    [Fact]
    public void FromTorchScript_NoTorchScript_SaysHowToWriteIt()
    {
        using var folder = new PictureFolder();
        folder.Add("net.pt", "nothing"u8);

        folder.Invoking(f => InceptionFeatures.FromTorchScript(f["net.pt"])).Should().Throw<InvalidDataException>().Which.Message
            .Should().StartWith($"'{folder["net.pt"]}' is not a TorchScript file: ").And.EndWith(". Write it in Python with torch.jit.save(torch.jit.script(module), path).");
    }

    [Fact]
    public void FromTorchScript_OtherFileThanTheCheckValues_IsRefused()
    {
        using var folder = new PictureFolder();
        folder.Add("check.json", Changed(check => check["sha256"] = new string('A', 64)));

        folder.Invoking(f => Load(f["check.json"])).Should().Throw<InvalidDataException>().Which.Message
            .Should().StartWith($"'{SmallInception.Network}' is not the network that '{folder["check.json"]}' was written for: its SHA-256 is ")
            .And.EndWith($" and not {new string('A', 64)}. Use that network, or check values of this one.");
    }

    [Fact]
    public void FromTorchScript_OtherFeatures_NamesTheFirstThatDiffers()
    {
        using var folder = new PictureFolder();
        folder.Add("check.json", Changed(check => check["features"]![1]![3] = 2.25));

        folder.Invoking(f => Load(f["check.json"])).Should().Throw<InvalidDataException>().WithMessage(
            $"'{SmallInception.Network}' does not give the check values of '{folder["check.json"]}': feature 3 of picture 1 is 2.66995 and should be 2.25. Is the range the same?");
    }

    [Fact]
    public void FromTorchScript_OtherRangeThanTheCheckValues_IsRefused() =>
        this.Invoking(_ => InceptionFeatures.FromTorchScript(
                SmallInception.Network, new InceptionOptions { Range = (-1, 1), CheckFile = SmallInception.CheckFile }))
            .Should().Throw<InvalidDataException>().Which.Message.Should().EndWith("Is the range the same?");

    [Fact]
    public void FromTorchScript_NoCheckValues_SaysHowToWriteThem()
    {
        using var folder = new PictureFolder();
        folder.Add("check.json", "{\"sha256\": \"\", \"features\": [[1]]}"u8);

        folder.Invoking(f => Load(f["check.json"])).Should().Throw<InvalidDataException>().WithMessage(
            $"'{folder["check.json"]}' has features of 1 pictures in place of 2. Write it with tools/inception_check.py.");
    }

    [Fact]
    public void FromTorchScript_ModuleInTrainingModeForGood_IsRefused()
    {
        using var folder = new PictureFolder();
        Script(folder["net.pt"], "torch.dropout(torch.flatten(torch.slice(x, 3, 0, 4), 1), 0.5, True)");

        folder.Invoking(f => InceptionFeatures.FromTorchScript(f["net.pt"])).Should().Throw<InvalidDataException>().Which.Message
            .Should().StartWith($"'{folder["net.pt"]}' gives a picture other features when another picture is beside it (they differ by ")
            .And.EndWith("It was written in training mode; call eval() in Python before torch.jit.trace or torch.jit.freeze.");
    }

    [Fact]
    public void FromTorchScript_ClassProbabilities_AreRefused()
    {
        using var folder = new PictureFolder();
        Script(folder["net.pt"], "torch.softmax(torch.mean(torch.flatten(x, 2), [2]), 1)");

        folder.Invoking(f => InceptionFeatures.FromTorchScript(f["net.pt"])).Should().Throw<InvalidDataException>().WithMessage(
            $"'{folder["net.pt"]}' returns class probabilities: its 3 numbers add up to 1. Features are needed; write a file that ends before the classes.");
    }

    [Fact]
    public void FromTorchScript_NoFeatures_SaysWhatItReturned()
    {
        using var folder = new PictureFolder();
        Script(folder["net.pt"], "torch.flatten(x)");

        folder.Invoking(f => InceptionFeatures.FromTorchScript(f["net.pt"])).Should().Throw<InvalidDataException>().WithMessage(
            $"'{folder["net.pt"]}' must return floating-point features [2, F] of 2 images; it returned Float32 [536406].");
    }

    [Theory]
    [InlineData("torch.mm(x, x)")]
    [InlineData("torch.flatten(torch.slice(x, 9), 1)")]
    public void FromTorchScript_FailsOnImages_SaysSo(string code)
    {
        using var folder = new PictureFolder();
        Script(folder["net.pt"], code);

        folder.Invoking(f => InceptionFeatures.FromTorchScript(f["net.pt"])).Should().Throw<InvalidDataException>().Which.Message
            .Should().StartWith($"'{folder["net.pt"]}' does not run on images [2, 3, 299, 299]: ").And.NotContain("\n");
    }

    [Fact]
    public void FromTorchScript_WrongOptions_SaysWhatIsAllowed()
    {
        Faulty(new() { BatchSize = 0 }).Should().Be("BatchSize is 0; it may be 1 to 4096. (Parameter 'options')");
        Faulty(new() { Range = (1, 1) }).Should().Be("Range is (1, 1); two different finite numbers are needed. (Parameter 'options')");
        Faulty(new() { Resizing = (InceptionResizing)9 }).Should().Be("Resizing is 9, which is none of Clean, TensorFlow, PyTorch. (Parameter 'options')");
    }

    private static string Faulty(InceptionOptions options) =>
        options.Invoking(o => InceptionFeatures.FromTorchScript(SmallInception.Network, o)).Should().Throw<ArgumentException>().Which.Message;

    private static InceptionFeatures Load(string checkFile) =>
        InceptionFeatures.FromTorchScript(SmallInception.Network, new InceptionOptions { CheckFile = checkFile });

    private static byte[] Changed(Action<JsonNode> change)
    {
        var check = JsonNode.Parse(File.ReadAllBytes(SmallInception.CheckFile))!;
        change(check);
        return Encoding.UTF8.GetBytes(check.ToJsonString());
    }

    /// <summary>A TorchScript file whose forward returns an expression of x.</summary>
    private static void Script(string path, string expression)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        void Add(string name, string content)
        {
            using var stream = archive.CreateEntry($"net/{name}", CompressionLevel.NoCompression).Open();
            stream.Write(Encoding.Latin1.GetBytes(content));
        }

        Add("data.pkl", "\u0080\u0002c__torch__\nNet\n)\u0081}X\u0008\0\0\0training\u0089sb.");
        Add("constants.pkl", "\u0080\u0002).");
        Add("code/__torch__.py", $$"""
            class Net(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Net,
                x: Tensor) -> Tensor:
                return {{expression}}

            """);
        Add("version", "3\n");
    }
}
