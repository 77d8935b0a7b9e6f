using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class FeaturesTests
{
    [Fact]
    public void Extract_InBatches_EqualsOneEvaluationPassAndRestoresEveryMode()
    {
        using var scope = NewDisposeScope();
        var norm = nn.BatchNorm1d(6);
        var dropout = nn.Dropout(0.5);
        var net = nn.Sequential(nn.Sequential(nn.Linear(4, 6), norm), dropout);
        net.train();
        norm.eval();
        using var features = Features.From(net, batchSize: 3);
        var samples = randn(7, 4);

        var extracted = features.Extract(samples);

        net.training.Should().BeTrue();
        norm.training.Should().BeFalse();
        dropout.training.Should().BeTrue();
        extracted.requires_grad.Should().BeFalse();
        net.eval();
        (extracted - net.call(samples)).abs().max().ToSingle().Should().BeLessThan(1e-6f);
    }

    [Fact]
    public void Extract_FromImages_Flattens()
    {
        using var scope = NewDisposeScope();
        using var features = Features.From(nn.AvgPool2d(2));

        features.Extract(ones(5, 3, 4, 4)).shape.Should().Equal(5, 12);
    }

    [Fact]
    public void Extract_WhenTheModuleThrows_RestoresModes()
    {
        using var scope = NewDisposeScope();
        var net = nn.Linear(4, 2);
        using var features = Features.From(net);

        var act = () => features.Extract(ones(3, 5));

        act.Should().Throw<Exception>();
        net.training.Should().BeTrue();
    }

    [Fact]
    public void Extract_WhenTheModuleReturnsNoVectors_SaysWhatItReturned()
    {
        using var scope = NewDisposeScope();
        using var features = Features.From(nn.Flatten(0));

        var act = () => features.Extract(ones(3, 5));

        act.Should().Throw<InvalidOperationException>().WithMessage("The feature extractor must return floating-point vectors [3, F] for 3 samples; it returned Float32 [15].");
    }

    [Fact]
    public void FromTorchScript_WithAFile_RunsIt()
    {
        using var scope = NewDisposeScope();
        using var file = TorchScriptFile.Doubling();
        using var features = Features.FromTorchScript(file.Path, batchSize: 2);

        features.Extract(arange(6, dtype: ScalarType.Float32).reshape(3, 2)).data<float>().ToArray().Should().Equal(0, 2, 4, 6, 8, 10);
    }

    [Fact]
    public void FromTorchScript_WithoutAFile_SaysSo()
    {
        var act = () => Features.FromTorchScript("/nowhere/net.pt");

        act.Should().Throw<FileNotFoundException>().WithMessage("There is no TorchScript file '/nowhere/net.pt'. Write one in Python with torch.jit.save(torch.jit.script(module), path).");
    }

    [Fact]
    public void FromTorchScript_WithACorruptFile_SaysSo()
    {
        using var file = TorchScriptFile.Corrupt();

        var act = () => Features.FromTorchScript(file.Path);

        act.Should().Throw<InvalidDataException>().Which.Message.Should()
            .StartWith($"'{file.Path}' is not a TorchScript file: ")
            .And.EndWith(". Write it in Python with torch.jit.save(torch.jit.script(module), path).")
            .And.NotContain("\n");
    }
}
