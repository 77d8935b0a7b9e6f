using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

public sealed class ConditionalSamplesTests : IDisposable
{
    private readonly LabelledGenerator _generator = new();
    private readonly LabelledDiscriminator _discriminator = new();
    private readonly Gan _gan;

    public ConditionalSamplesTests() => _gan = new GanBuilder()
        .WithGenerator(_generator)
        .WithDiscriminator(_discriminator)
        .WithClassLabels(3)
        .WithLatent(Latent.Normal(4))
        .WithLoss(AdversarialLoss.NonSaturating())
        .WithOptimizers(p => optim.Adam(p, 1e-2))
        .WithSeed(7)
        .Build();

    public void Dispose()
    {
        _gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    [Fact]
    public void Take_WithLabels_ShowsASampleForEachLabel()
    {
        using var labels = tensor(new long[] { 0, 1, 2, 0 });
        using var samples = new FixedSamples(64, labels);

        var image = samples.Take(_gan)!.Image!;

        (image.Width, image.Height).Should().Be((14, 14));
        samples.Take(_gan)!.Image!.Png.Should().Equal(image.Png);
    }

    [Fact]
    public void OnStart_WithoutLabels_ThrowsBeforeTheRun()
    {
        using var folder = new ReportFolder();
        using var report = new HtmlReport(folder.File("report.html"));

        report.Invoking(r => r.OnStart(_gan, new FitOptions())).Should().Throw<ArgumentException>();
    }
}
