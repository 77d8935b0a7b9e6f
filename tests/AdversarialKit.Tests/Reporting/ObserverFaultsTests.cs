using System.Text.Json;
using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

/// <summary>Who only looks on never ends a run, neither with a full disk nor with a picture that cannot be drawn, and what failed is said once.</summary>
public sealed class ObserverFaultsTests : IDisposable
{
    private readonly ReportFolder _folder = new();
    private readonly EventLog _log = new();

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Fit_DiskFullUnderTheLog_GoesOnAndLeavesWholeLines()
    {
        TightFile? file = null;
        using var log = new JsonLinesLog(_folder.File("log.jsonl")) { OpenFile = path => file = new TightFile(path) };
        var room = new Callback((_, progress) => file!.Room = progress.Iteration switch { 3 => 40, 7 => long.MaxValue, _ => file.Room });

        var result = Fit(10, room, log);

        result.Reason.Should().Be(StopReason.Completed);
        result.CallbackFaults.Should().Equal("JsonLinesLog failed at iteration 3: No space left on device");
        _log.Events.Where(entry => entry.Id == 20).Should().Equal((20, "JsonLinesLog failed at iteration 3; the run goes on and calls it again when due. This is said once"));
        log.Dispose();
        var lines = File.ReadAllLines(log.Path).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Select(line => $"{line.GetProperty("event")} {line.GetProperty("iteration")}").Should().Equal(
            "start 0", "progress 1", "progress 2", "lost 3", "progress 7", "progress 8", "progress 9", "progress 10", "end 10");
        lines[3].GetProperty("lines").GetInt32().Should().Be(4);
    }

    [Fact]
    public void Fit_DiskFullToTheEnd_StillGivesTheResultAndTellsAll()
    {
        TightFile? file = null;
        using var log = new JsonLinesLog(_folder.File("log.jsonl")) { OpenFile = path => file = new TightFile(path) };
        var room = new Callback((_, progress) => file!.Room = progress.Iteration >= 3 ? 10 : file.Room);
        var last = new Callback((_, _) => { });

        var result = Fit(5, room, log, last);

        result.Iterations.Should().Be(5);
        result.CallbackFaults.Should().Equal(
            "JsonLinesLog failed at iteration 3: No space left on device", "JsonLinesLog failed at the end of the run: No space left on device");
        last.Result!.Iterations.Should().Be(5);
        log.Dispose();
        File.ReadAllLines(log.Path).Should().HaveCount(3).And.OnlyContain(line => line.EndsWith('}'));
    }

    [Fact]
    public void Fit_ReportThatCannotBeWritten_GoesOnAndLosesNothing()
    {
        using var report = new HtmlReport(_folder.File("sub/report.html"), new HtmlReportOptions { RenderEvery = TimeSpan.Zero });
        var removing = new Callback((_, progress) =>
        {
            if (progress.Iteration == 2)
            {
                Directory.Delete(_folder.File("sub"), recursive: true);
            }
        });
        var last = new Callback((_, _) => { });

        var result = Fit(4, removing, report, last);

        result.CallbackFaults.Should().HaveCount(2);
        result.CallbackFaults[0].Should().StartWith("HtmlReport failed at iteration 2: Could not find a part of the path");
        result.CallbackFaults[1].Should().StartWith("HtmlReport failed at the end of the run: Could not find a part of the path");
        last.Result!.Iterations.Should().Be(4);
        _log.Events.Select(entry => entry.Id).Where(id => id is 20 or 21).Should().Equal(20, 21);
    }

    [Fact]
    public void Fit_CallbackThatThrowsAtItsEnd_ThrowsAfterAllWereTold()
    {
        var last = new Callback((_, _) => { });

        var fit = () => Fit(2, new ThrowingEnd(), new ThrowingEnd(), last);

        fit.Should().Throw<TimeoutException>().WithMessage("at the end");
        last.Result!.Iterations.Should().Be(2);
    }

    [Theory]
    [InlineData(1, 1, 1024)]
    [InlineData(1, 1024, 1)]
    [InlineData(3, 2, 700)]
    [InlineData(1, 300, 3)]
    [InlineData(3, 129, 128)]
    public void Fit_SamplesOfOddShape_AreDrawn(long channels, long height, long width)
    {
        using var report = new HtmlReport(_folder.File("report.html"));
        using var board = new TensorBoardLog(_folder.File("board"));
        using var generator = nn.Sequential(nn.Linear(4, channels * height * width), nn.Tanh(), nn.Unflatten(1, [channels, height, width]));
        using var discriminator = nn.Sequential(nn.Flatten(), nn.Linear(channels * height * width, 1));
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = randn(8, channels, height, width);
        using var batches = Batches.FromTensor(real, 4);

        var result = gan.Fit(batches, new FitOptions { Iterations = 2, Callbacks = [report, board] });

        result.CallbackFaults.Should().BeEmpty();
        var page = File.ReadAllText(report.Path);
        page.Should().Contain("data:image/png;base64,").And.NotContain("cannot be shown");
        EventFileReader.Read(Directory.GetFiles(_folder.File("board")).Single()).SelectMany(e => e.Values).Should().Contain(value => value.Image != null);
    }

    [Fact]
    public void Fit_PictureThatCannotBeDrawn_SaysSoOnceInReportAndTensorBoard()
    {
        using var report = new HtmlReport(_folder.File("report.html"), new HtmlReportOptions { SheetInterval = 1 });
        using var board = new TensorBoardLog(_folder.File("board"), new TensorBoardLogOptions { SheetInterval = 1, Interval = 1 });
        using var picky = new TrainsOnly();
        using var generator = nn.Sequential(("out", nn.Linear(4, 36)), ("shape", nn.Unflatten(1, [1, 6, 6])), ("picky", picky));
        using var discriminator = PictureGan.ImageDiscriminator();
        using var gan = Toy.Builder(generator, discriminator).WithLogger(_log).Build();
        using var real = PictureGan.RealImages();
        using var batches = Batches.FromTensor(real, 4);
        picky.IsPicky = true;

        var result = gan.Fit(batches, new FitOptions { Iterations = 3, Callbacks = [report, board], Doctor = false });

        result.Reason.Should().Be(StopReason.Completed);
        const string Words = "Samples cannot be shown at iteration 0: no picture of this";
        File.ReadAllText(report.Path).Split(Words).Should().HaveCount(2);
        EventFileReader.Read(Directory.GetFiles(_folder.File("board")).Single()).SelectMany(e => e.Values)
            .Where(value => value.Tag == "samples").Should().ContainSingle().Which.Text.Should().Be(Words);
    }

    [Fact]
    public void Observe_SamplesThatAreNoPictures_AreNotMadeAtEveryIteration()
    {
        using var generator = Toy.Generator();
        using var counted = new Counted();
        using var layers = nn.Sequential(("toy", generator), ("counted", counted));
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(layers, discriminator).Build();
        using var report = new HtmlReport(_folder.File("report.html"), new HtmlReportOptions { SheetInterval = 50 });
        using var batches = Batches.FromTensor(Toy.Real(), 4);

        gan.Fit(batches, new FitOptions { Iterations = 100, Callbacks = [report], Doctor = false });

        counted.Samplings.Should().BeInRange(3, 4, "at the start, at 50 and at 100, and once when the GAN was built");
    }

    private FitResult Fit(long iterations, params ITrainingCallback[] callbacks)
    {
        using var generator = PictureGan.ImageGenerator();
        using var discriminator = PictureGan.ImageDiscriminator();
        using var gan = Toy.Builder(generator, discriminator).WithLogger(_log).Build();
        using var real = PictureGan.RealImages();
        using var batches = Batches.FromTensor(real, 4);
        return gan.Fit(batches, new FitOptions { Iterations = iterations, Callbacks = callbacks });
    }

    private sealed class ThrowingEnd : ITrainingCallback
    {
        public void OnProgress(Gan gan, TrainingProgress progress)
        {
        }

        public void OnEnd(Gan gan, FitResult result) => throw new TimeoutException("at the end");
    }

    private sealed class TrainsOnly() : nn.Module<Tensor, Tensor>(nameof(TrainsOnly))
    {
        public bool IsPicky { get; set; }

        public override Tensor forward(Tensor samples) => training || !IsPicky ? samples.alias() : throw new InvalidCastException("no picture of this\nsecond line");
    }

    private sealed class Counted() : nn.Module<Tensor, Tensor>(nameof(Counted))
    {
        public int Samplings { get; private set; }

        public override Tensor forward(Tensor samples)
        {
            Samplings += training ? 0 : 1;
            return samples.alias();
        }
    }
}
