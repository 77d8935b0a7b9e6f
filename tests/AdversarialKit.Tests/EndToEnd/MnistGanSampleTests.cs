using MnistGan;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.EndToEnd;

/// <summary>The sample from its command line to its files, on MNIST where it lies beside the repository and on drawn digits.</summary>
public sealed class MnistGanSampleTests : IDisposable
{
    private const int Exported = 64;

    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_TwoHundredIterations_LeavesSheetsReportLogCheckpointAndReadableSamples(bool mnistIfThere)
    {
        string[] data = mnistIfThere && Directory.Exists(MnistOrDrawn.Beside) ? ["--data", MnistOrDrawn.Beside] : ["--dataset", "digits"];
        string[] run = ["--iterations", "200", "--sample-interval", "100", "--export", $"{Exported}", "--report", "--log", "--no-tuning", "--threads", "1"];

        var exitCode = Program.Run([.. data, .. run, "--out", _world.InFolder("out")], _world.Around);

        (exitCode, _world.Error).Should().Be((0, ""));
        _world.Output.Should().Contain("200 iterations");
        foreach (var file in (string[])["images/0.png", "images/100.png", "images/final.png", "report.html", "log.jsonl", "checkpoints/latest"])
        {
            new FileInfo(Path.Combine(_world.InFolder("out"), file)).Should().Match<FileInfo>(f => f.Exists && f.Length > 0, file);
        }

        File.ReadAllLines(Path.Combine(_world.InFolder("out"), "log.jsonl")).Should().HaveCountGreaterThanOrEqualTo(200);
        using var exported = IdxFile.ReadImages(Path.Combine(_world.InFolder("out"), "samples.idx3-ubyte.gz"));
        AssertNeitherConstantNorNoise(exported.Values);
    }

    private static void AssertNeitherConstantNorNoise(Tensor bytes)
    {
        using var scope = NewDisposeScope();
        bytes.shape.Should().Equal(Exported, 1, 28, 28);
        var images = bytes.to(ScalarType.Float32).squeeze(1);
        images.std().ToSingle().Should().BeGreaterThan(20, "the images are not constant");
        images.std(0).mean().ToSingle().Should().BeGreaterThan(2, "the samples are not all the same");

        // Ink gathers in the middle of a digit; in noise it is everywhere alike.
        var centre = images.narrow(1, 8, 12).narrow(2, 8, 12).mean().ToSingle();
        var edge = (images.narrow(1, 0, 3).mean().ToSingle() + images.narrow(1, 25, 3).mean().ToSingle()) / 2;
        centre.Should().BeGreaterThan(edge + 30, "200 iterations teach where the ink is");
    }
}
