namespace AdversarialKit.Tests.Reporting;

public sealed class TensorBoardLogTests : PictureGanTests
{
    [Fact]
    public void Run_ThirtyIterations_WritesRecordsThatParseWithTheirChecksums()
    {
        var events = Run(new TensorBoardLogOptions { SheetInterval = 20 });

        events[0].Version.Should().Be("brain.Event:2");
        events[0].Time.Should().BeApproximately((DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds, 300);
        events[1].Should().Match<EventFileReader.Event>(e => e.Starts && e.Step == 1);
        Scalars(events, "loss/discriminator").Should().Equal((10, 0.5f), (20, 0.5f), (30, 0.5f));
        Scalars(events, "loss/generator").Should().Equal((10, 1f), (20, 1f), (30, 1f));
        Scalars(events, "learning_rate/generator").Should().HaveCount(3).And.OnlyContain(s => s.Value == 2e-4f);
        Scalars(events, "gradient_norm/generator").Should().BeEmpty("norms that were not measured are NaN");
        Scalars(events, "quality/fid").Should().Equal((30, 12.5f));
    }

    [Fact]
    public void Run_ThirtyIterations_WritesSheetsTheConfigurationAndFindingsOnce()
    {
        var events = Run(new TensorBoardLogOptions { SheetInterval = 20 });

        var sheets = events.SelectMany(e => e.Values.Select(v => (e.Step, v))).Where(p => p.v.Image is not null).ToArray();
        sheets.Select(s => s.Step).Should().Equal(0, 20, 30);
        sheets.Should().OnlyContain(s => s.v.Tag == "samples" && s.v.Image!.Take(4).SequenceEqual(new byte[] { 0x89, 0x50, 0x4e, 0x47 }));
        Texts(events, "configuration").Should().ContainSingle().Which.Should().Contain("seed 7");
        Texts(events, "diagnosis").Should().Equal(MadeUpRun.Finding().Message);
        Texts(events, "end").Should().Equal("Completed.");
    }

    [Fact]
    public void OnProgress_BeforeDispose_IsOnDiskAlready()
    {
        using var log = new TensorBoardLog(Folder.Path);
        log.OnStart(Gan, new FitOptions());
        log.OnProgress(Gan, MadeUpRun.Progress(10));

        Scalars(EventFileReader.Read(File()), "loss/discriminator").Should().Equal((10, 0.5f));
    }

    [Fact]
    public void OnStart_TwiceInOneFolder_LeavesTheFirstFileAlone()
    {
        Run(new TensorBoardLogOptions());
        var first = File();
        var content = System.IO.File.ReadAllBytes(first);

        using var log = new TensorBoardLog(Folder.Path);
        log.OnStart(Gan, new FitOptions());

        Directory.GetFiles(Folder.Path).Should().HaveCount(2);
        System.IO.File.ReadAllBytes(first).Should().Equal(content);
    }

    private List<EventFileReader.Event> Run(TensorBoardLogOptions options)
    {
        using var real = PictureGan.RealImages();
        using var log = new TensorBoardLog(Folder.Path, options);
        log.OnStart(Gan, new FitOptions());
        for (var i = 1; i <= 30; i++)
        {
            Gan.TrainStep(real);
            if (i % log.Interval == 0)
            {
                log.OnProgress(Gan, MadeUpRun.Progress(i, total: 30) with { Diagnoses = [MadeUpRun.Finding()] });
            }
        }

        log.Add("quality/fid", 30, 12.5);
        log.OnEnd(Gan, MadeUpRun.Result(30) with { Diagnoses = [MadeUpRun.Finding()] });
        return EventFileReader.Read(File());
    }

    private string File() => Directory.GetFiles(Folder.Path, "*tfevents*").Single();

    private static IEnumerable<(long Step, float Value)> Scalars(IEnumerable<EventFileReader.Event> events, string tag) =>
        events.SelectMany(e => e.Values.Where(v => v.Tag == tag && v.Scalar is not null).Select(v => (e.Step, v.Scalar!.Value)));

    private static IEnumerable<string> Texts(IEnumerable<EventFileReader.Event> events, string tag) =>
        events.SelectMany(e => e.Values).Where(v => v.Tag == tag && v.Text is not null).Select(v => v.Text!);
}
