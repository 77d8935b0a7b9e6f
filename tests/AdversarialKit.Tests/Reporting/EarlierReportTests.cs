namespace AdversarialKit.Tests.Reporting;

/// <summary>A report's page is read back, whatever state the file is in.</summary>
public sealed class EarlierReportTests : ReportedRunTests
{
    [Fact]
    public void Read_ALongRunUpToTheMiddle_KeepsEveryWholeBucketBeforeIt()
    {
        const int Before = 3_001;
        using var gan = new Built(pictures: true);
        var path = Folder.File("report.html");
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
        File.WriteAllText(Folder.File("report.html"), content);
        using var gan = new Built(pictures: true);
        gan.Fit(3);
        using var report = new HtmlReport(Folder.File("report.html"));

        report.OnStart(gan.Gan, new FitOptions());

        Page("report").Root!.Value.Should().Contain("The run goes on from iteration 3, and so does this report: what was in its place could not be gone on with (");
    }

    [Fact]
    public void OnStart_ReportOfAnotherSeed_SaysWhose()
    {
        Run(pictures: true, "report", 30, stop: long.MaxValue);
        using var gan = new Built(pictures: true, seed: 8);
        gan.Fit(3);
        using var report = new HtmlReport(Folder.File("report.html"));

        report.OnStart(gan.Gan, new FitOptions());

        Page("report").Root!.Value.Should().Contain("could not be gone on with (it is of a run with the seed 7).");
    }

    [Fact]
    public void Read_DamagedAnywhere_NeverThrows()
    {
        Run(pictures: true, "report", 30, stop: long.MaxValue);
        var whole = File.ReadAllBytes(Folder.File("report.html"));
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 300; i++)
        {
            var damaged = i % 3 == 0 ? whole[..random.Next(whole.Length)] : (byte[])whole.Clone();
            for (var flips = i % 3; flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(Folder.File("damaged.html"), damaged);
            refused += EarlierReport.Read(Folder.File("damaged.html"), 7, 20).Fault is null ? 0 : 1;
        }

        refused.Should().BeGreaterThan(100, "a page that was cut is never taken for whole");
        EarlierReport.Read(Folder.File("report.html"), 7, 20).Fault.Should().BeNull();
        EarlierReport.Read(Folder.File("missing.html"), 7, 20).Fault.Should().BeNull();
    }

    [Fact]
    public void Read_ADevice_ReturnsAtOnce()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        File.CreateSymbolicLink(Folder.File("zero.html"), "/dev/zero");

        EarlierReport.Read(Folder.File("zero.html"), 7, 20).Fault.Should().Contain("it has 0 bytes");
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
}
