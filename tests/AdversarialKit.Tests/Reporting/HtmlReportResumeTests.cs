using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

/// <summary>A run that goes on from a checkpoint goes on with its report, whatever state the file is in.</summary>
public sealed class HtmlReportResumeTests : IDisposable
{
    private readonly ReportFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, 123, 100)]
    [InlineData(true, 123, 123)]
    [InlineData(false, 123, 100)]
    [InlineData(false, 57, 57)]
    public void Fit_ResumedRun_ShowsWhatTheUnbrokenOneShows(bool pictures, long stop, long from)
    {
        Run(pictures, "whole", 200, stop: long.MaxValue);
        Run(pictures, "parts", 200, stop);

        Run(pictures, "parts", 200, stop: long.MaxValue, from);

        var (whole, parts) = (Page("whole"), Page("parts"));
        Curves(parts).Should().Equal(Curves(whole));
        Captions(parts).Should().Equal(Captions(whole)).And.HaveCountGreaterThan(15);
        if (pictures)
        {
            Pictures(parts).Should().Equal(Pictures(whole));
        }

        parts.Root!.Value.Should().Contain("completed").And.NotContain("could not be gone on with");
        Findings(parts).Should().Equal(Findings(whole)).And.Equal(40);
    }

    [Fact]
    public void Fit_AgainWithTheSameReport_GoesOn()
    {
        using var gan = new Built(pictures: true);
        using var report = new HtmlReport(_folder.File("report.html"), new HtmlReportOptions { SheetInterval = 10 });
        gan.Fit(20, report);
        gan.Fit(40, report);

        Curves(Page("report"))[0].Should().EndWith($" {string.Join(' ', Enumerable.Range(1, 40))}");
        Captions(Page("report")).Should().Equal(0, 10, 20, 30, 40);
    }

    [Fact]
    public void Fit_SameReportFromAnEarlierCheckpoint_ForgetsWhatCameAfter()
    {
        using var gan = new Built(pictures: true);
        using var report = new HtmlReport(_folder.File("report.html"), new HtmlReportOptions { SheetInterval = 10 });
        gan.Fit(20, report);
        gan.Gan.SaveCheckpoint(_folder.File("c"), batches: gan.Batches);
        gan.Fit(35, report);
        gan.Gan.LoadCheckpoint(_folder.File("c"), batches: gan.Batches);

        gan.Fit(30, report);

        Curves(Page("report"))[0].Should().EndWith($" {string.Join(' ', Enumerable.Range(1, 30))}");
        Captions(Page("report")).Should().Equal(0, 10, 20, 30);
    }

    [Fact]
    public void Fit_FromTheBeginning_BeginsANewReport()
    {
        Run(pictures: true, "report", 30, stop: long.MaxValue);
        Run(pictures: true, "report", 10, stop: long.MaxValue);

        Curves(Page("report"))[0].Should().EndWith($" {string.Join(' ', Enumerable.Range(1, 10))}");
    }

    [Fact]
    public void Read_ALongRunUpToTheMiddle_KeepsEveryWholeBucketBeforeIt()
    {
        const int Before = 3_001;
        using var gan = new Built(pictures: true);
        var path = _folder.File("report.html");
        Progress(gan.Gan, path, 1, 5_000);

        var earlier = EarlierReport.Read(path, seed: 7, Before);

        var losses = earlier.Curves.Single(curve => curve.Chart == "Losses" && curve.Name == "Generator");
        losses.PointsPerBucket.Should().Be(8);
        losses.Buckets.Sum(bucket => bucket.Count).Should().BeInRange(Before - (2 * 8), Before);
        losses.Buckets.Should().OnlyContain(bucket => bucket.Last <= Before);
        losses.Buckets.Max(bucket => bucket.High).Should().Be(2 * 9_000, "the spike at 2,222 stays");
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html/>")]
    [InlineData("no page at all")]
    [InlineData("<html><script id=\"data\">{}</script></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7}</script></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":\"7\",\"iteration\":1,\"charts\":[]}</script></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7,\"iteration\":1,\"charts\":3}</script></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7,\"iteration\":9,\"charts\":[{\"title\":\"Losses\",\"figure\":false,\"curves\":[{\"name\":\"Generator\",\"points\":3,\"lastPoints\":1,\"x\":[1],\"mean\":[1]}]}]}</script></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7,\"iteration\":9,\"charts\":[{\"title\":\"Losses\",\"figure\":false,\"curves\":[{\"name\":\"Generator\",\"points\":1,\"lastPoints\":1,\"x\":[2,1],\"mean\":[1,2]}]}]}</script></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7,\"iteration\":9,\"charts\":[{\"title\":\"Losses\",\"figure\":false,\"curves\":[{\"name\":\"Generator\",\"points\":1,\"lastPoints\":1,\"x\":[1,2],\"mean\":[1]}]}]}</script></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7,\"iteration\":9,\"charts\":[]}</script><section id=\"samples\" data-interval=\"1\"><figure data-iteration=\"1\"><img width=\"1\" height=\"1\" src=\"data:image/png;base64,AAAA\"/></figure></section></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7,\"iteration\":9,\"charts\":[]}</script><section id=\"samples\" data-interval=\"-1\"></section></html>")]
    [InlineData("<html><script id=\"data\">{\"seed\":7,\"iteration\":9,\"charts\":[]}</script><section id=\"samples\"><figure data-iteration=\"1\"/></section></html>")]
    [InlineData("<!DOCTYPE html [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><html>&b;</html>")]
    public void OnStart_FileThatIsNoReport_BeginsOneThatSaysSo(string content)
    {
        File.WriteAllText(_folder.File("report.html"), content);
        using var gan = new Built(pictures: true);
        gan.Fit(3);
        using var report = new HtmlReport(_folder.File("report.html"));

        report.OnStart(gan.Gan, new FitOptions());

        Page("report").Root!.Value.Should().Contain("The run goes on from iteration 3, and so does this report: what was in its place could not be gone on with (");
    }

    [Fact]
    public void OnStart_ReportOfAnotherSeed_SaysWhose()
    {
        Run(pictures: true, "report", 30, stop: long.MaxValue);
        using var gan = new Built(pictures: true, seed: 8);
        gan.Fit(3);
        using var report = new HtmlReport(_folder.File("report.html"));

        report.OnStart(gan.Gan, new FitOptions());

        Page("report").Root!.Value.Should().Contain("could not be gone on with (it is of a run with the seed 7).");
    }

    [Fact]
    public void Read_DamagedAnywhere_NeverThrows()
    {
        Run(pictures: true, "report", 30, stop: long.MaxValue);
        var whole = File.ReadAllBytes(_folder.File("report.html"));
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var damaged = i % 3 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            for (var flips = i % 3; flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(_folder.File("damaged.html"), damaged);
            refused += EarlierReport.Read(_folder.File("damaged.html"), 7, 20).Fault is null ? 0 : 1;
        }

        refused.Should().BeGreaterThan(100, "a page that was cut is never taken for whole");
        EarlierReport.Read(_folder.File("report.html"), 7, 20).Fault.Should().BeNull();
        EarlierReport.Read(_folder.File("missing.html"), 7, 20).Fault.Should().BeNull();
    }

    [Fact]
    public void Read_ADevice_ReturnsAtOnce()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        File.CreateSymbolicLink(_folder.File("zero.html"), "/dev/zero");

        EarlierReport.Read(_folder.File("zero.html"), 7, 20).Fault.Should().Contain("it has 0 bytes");
    }

    private void Run(bool pictures, string name, long iterations, long stop, long from = 0)
    {
        using var gan = new Built(pictures);
        var checkpoints = new CheckpointOptions { Directory = _folder.File(name + ".c"), Interval = 100, Retention = new CheckpointRetention { KeepLast = 9 } };
        if (from > 0)
        {
            gan.Gan.LoadCheckpoint(Path.Combine(checkpoints.Directory, FormattableString.Invariant($"iteration-{from:D12}")), batches: gan.Batches);
        }

        using var cancel = new CancellationTokenSource();
        using var report = new HtmlReport(_folder.File(name + ".html"));
        var own = new Callback((_, progress) =>
        {
            if (progress.Iteration % 20 == 0)
            {
                report.Add("own <figure>", progress.Iteration, progress.Iteration / 3.0);
            }

            if (progress.Iteration == stop)
            {
                cancel.Cancel();
            }
        });
        gan.Gan.Fit(gan.Batches, new FitOptions { Iterations = iterations, Callbacks = [new Finding(report), own], Checkpoints = checkpoints }, cancel.Token);
    }

    private static void Progress(Gan gan, string path, int first, int last)
    {
        using var report = new HtmlReport(path, new HtmlReportOptions { Samples = 0, RenderEvery = Timeout.InfiniteTimeSpan });
        report.OnStart(gan, new FitOptions());
        for (var i = first; i <= last; i++)
        {
            report.OnProgress(gan, MadeUpRun.Progress(i, i == 2_222 ? 9_000 : 0.25, last));
        }

        report.Write();
    }

    private XDocument Page(string name)
    {
        using var reader = XmlReader.Create(_folder.File(name + ".html"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    /// <summary>Each curve but that of the speed as a line: name, values, iterations.</summary>
    private static List<string> Curves(XDocument page)
    {
        using var data = JsonDocument.Parse(page.Descendants("script").Single(e => (string?)e.Attribute("id") == "data").Value);
        return [.. data.RootElement.GetProperty("charts").EnumerateArray()
            .Where(chart => chart.GetProperty("title").GetString() != "Throughput")
            .SelectMany(chart => chart.GetProperty("curves").EnumerateArray(), (chart, curve) => new StringBuilder()
                .Append(chart.GetProperty("title")).Append(' ').Append(curve.GetProperty("name")).Append(' ')
                .AppendJoin(' ', curve.GetProperty("mean").EnumerateArray().Select(value => value.GetRawText())).Append(' ')
                .AppendJoin(' ', curve.GetProperty("x").EnumerateArray().Select(value => value.GetRawText())).ToString())];
    }

    private static IEnumerable<int> Captions(XDocument page) =>
        page.Descendants("figcaption").Select(caption => int.Parse(caption.Value, NumberStyles.Number, CultureInfo.InvariantCulture));

    private static IEnumerable<string> Pictures(XDocument page) => page.Descendants("img").Select(image => image.Attribute("src")!.Value);

    private static IEnumerable<int> Findings(XDocument page) =>
        page.Descendants("li").Attributes("data-iteration").Select(found => int.Parse(found.Value, CultureInfo.InvariantCulture));

    private sealed class Built : IDisposable
    {
        private readonly Sequential _generator;
        private readonly Sequential _discriminator;
        private readonly Tensor _real;

        public Built(bool pictures, long seed = 7)
        {
            manual_seed(3);
            _generator = pictures ? PictureGan.ImageGenerator() : PictureGan.PointGenerator();
            _discriminator = pictures ? PictureGan.ImageDiscriminator() : PictureGan.PointDiscriminator();
            _real = pictures ? PictureGan.RealImages() : randn(8, 2, generator: new Generator(1));
            Gan = Toy.Builder(_generator, _discriminator).WithOptimizers(Optimizers.Adam(1e-3)).WithSeed(seed).Build();
            Batches = AdversarialKit.Batches.FromTensor(_real, 4);
        }

        public Gan Gan { get; }

        public TensorBatches Batches { get; }

        public void Fit(long iterations, params ITrainingCallback[] callbacks) =>
            Gan.Fit(Batches, new FitOptions { Iterations = iterations, Callbacks = callbacks });

        public void Dispose()
        {
            Gan.Dispose();
            Batches.Dispose();
            _generator.Dispose();
            _discriminator.Dispose();
            _real.Dispose();
        }
    }

    /// <summary>A report of a run in which the doctor found something at iteration 40.</summary>
    private sealed class Finding(HtmlReport report) : ITrainingCallback
    {
        public void OnStart(Gan gan, FitOptions options) => report.OnStart(gan, options);

        public void OnProgress(Gan gan, TrainingProgress progress) => report.OnProgress(gan, progress.Iteration != 40
            ? progress
            : progress with { Diagnoses = [new Diagnosis(DiagnosisKind.DiscriminatorSaturated, 40, "A <finding> & more.")] });

        public void OnEnd(Gan gan, FitResult result) => report.OnEnd(gan, result);
    }
}
