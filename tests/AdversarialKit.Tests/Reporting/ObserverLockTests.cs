using AdversarialKit.Tests.Support;
using TorchSharp.Modules;

namespace AdversarialKit.Tests.Reporting;

/// <summary>A log and a report belong to one run at a time, also where no checkpoints keep a second one away.</summary>
public sealed class ObserverLockTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly TorchSharp.torch.Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;
    private readonly Gan _gan;

    public ObserverLockTests()
    {
        _batches = Batches.FromTensor(_real, 8);
        _gan = Toy.Builder(_generator, _discriminator).Build();
    }

    public void Dispose()
    {
        _gan.Dispose();
        _batches.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("log.jsonl", "a log")]
    [InlineData("report.html", "a report")]
    public void Fit_LogOrReportOfAnotherRun_IsRefusedBeforeALineIsWritten(string name, string what)
    {
        var path = _folder[name];
        string? refusal = null;
        byte[]? before = null, after = null;
        using var first = Observer(path);
        var nested = new Training.Callback((_, _) =>
        {
            before = Read(path);
            using var other = Toy.Builder(_generator, _discriminator).Build();
            using var second = Observer(path);
            var fit = () => other.Fit(_batches, new FitOptions { Iterations = 5, Callbacks = [(ITrainingCallback)second] });
            refusal = fit.Should().Throw<IOException>().Which.Message;
            after = Read(path);
        });

        _gan.Fit(_batches, new FitOptions { Iterations = 1, Callbacks = [(ITrainingCallback)first, nested] });

        refusal.Should().Be($"'{path}' is being written by another run, from this process or another one. Give every run {what} of its own.");
        after.Should().Equal(before);
        using var next = Toy.Builder(_generator, _discriminator).Build();
        using var third = Observer(path);
        next.Fit(_batches, new FitOptions { Iterations = 1, Callbacks = [(ITrainingCallback)third] }).Reason.Should().Be(StopReason.Completed);
    }

    [Fact]
    public void Fit_TwoLogsOfOneFileThroughALink_AreOne()
    {
        File.WriteAllText(_folder["log.jsonl"], "");
        Directory.CreateDirectory(_folder["sub"]);
        File.CreateSymbolicLink(_folder["sub/link.jsonl"], _folder["log.jsonl"]);
        using var first = new JsonLinesLog(_folder["log.jsonl"]);
        first.Add("a", 1, 1);
        using var second = new JsonLinesLog(_folder["sub/link.jsonl"]);

        var add = () => second.Add("b", 1, 1);

        add.Should().Throw<IOException>().WithMessage("*is being written by another run*");
    }

    private static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static IDisposable Observer(string path) =>
        path.EndsWith(".html", StringComparison.Ordinal) ? new HtmlReport(path, new HtmlReportOptions { Samples = 0 }) : new JsonLinesLog(path);
}
