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
        var samples = new FixedSamples(64, labels, "Condition");

        var image = samples.Take(_gan.System)!.Image!;

        (image.Width, image.Height).Should().Be((14, 14));
        samples.Take(_gan.System)!.Image!.Png.Should().Equal(image.Png);
    }

    [Fact]
    public void Take_WithoutLabels_CyclesThroughTheClasses()
    {
        using var labels = tensor(new long[] { 0, 1, 2, 0, 1, 2, 0 });

        var shown = new FixedSamples(7, null, "Condition").Take(_gan.System)!.Image!;

        shown.Png.Should().Equal(new FixedSamples(7, labels, "Condition").Take(_gan.System)!.Image!.Png);
    }

    [Fact]
    public void Fit_AllObserversAndAnEvaluationWithoutLabels_Completes()
    {
        using var folder = new ReportFolder();
        using var report = new HtmlReport(folder.File("report.html"));
        using var board = new TensorBoardLog(folder.File("board"));
        using var real = rand(20, 1, 6, 6, generator: new Generator(1));
        using var labels = arange(20, dtype: ScalarType.Int64).remainder(3);
        using var batches = Batches.FromTensor(real, 5, new TensorBatchOptions { Labels = labels });
        using var quality = new SampleQuality(real.flatten(1));
        using var features = Features.From(nn.Flatten());

        var result = _gan.Fit(batches, new FitOptions
        {
            Iterations = 2,
            Callbacks = [report, board],
            Evaluation = new EvaluationOptions { Quality = quality, Features = features, Samples = 20 },
        });

        result.CallbackFaults.Should().BeEmpty();
        result.Evaluations.Should().ContainSingle().Which.Quality.Samples.Should().Be(20);
        File.ReadAllText(report.Path).Should().Contain("data:image/png;base64,");
        using var turns = _gan.FixedLabels(20);
        turns!.Equals(labels).Should().BeTrue();
    }

    [Fact]
    public void OnStart_LabelsThatDoNotFit_NamesTheOption()
    {
        using var folder = new ReportFolder();
        using var labels = tensor(new long[] { 0, 3 });
        using var report = new HtmlReport(folder.File("report.html"), new HtmlReportOptions { Condition = labels });
        using var board = new TensorBoardLog(folder.Path, new TensorBoardLogOptions { Condition = labels });

        report.Invoking(r => r.OnStart(_gan, new FitOptions())).Should().Throw<ArgumentException>().WithMessage(
            "HtmlReportOptions.Condition does not fit. The labels run from 0 to 3, but WithClassLabels(3) allows 0 to 2. (Parameter 'condition')");
        board.Invoking(b => b.OnStart(_gan, new FitOptions())).Should().Throw<ArgumentException>().WithMessage(
            "TensorBoardLogOptions.Condition does not fit. The labels run from 0 to 3, but WithClassLabels(3) allows 0 to 2. (Parameter 'condition')");
        board.Dispose();
    }

    [Fact]
    public void Fit_ConditionsThatAreNoLabels_RunsWithoutAndShowsThoseThatAreGiven()
    {
        using var folder = new ReportFolder();
        using var generator = new OfConditions(4, 6);
        using var discriminator = new OfConditions(6, 1);
        using var gan = new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithCondition(3)
            .WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(Optimizers.Adam(1e-3)).Build();
        using var conditions = rand(5, 3);
        using var without = new HtmlReport(folder.File("without.html"));
        using var given = new HtmlReport(folder.File("given.html"), new HtmlReportOptions { Condition = conditions });
        using var board = new TensorBoardLog(folder.Path, new TensorBoardLogOptions { Condition = conditions });

        var result = gan.Fit(
            Enumerable.Range(0, 2).Select(_ => new Batch(rand(8, 6), rand(8, 3))), new FitOptions { Iterations = 2, Callbacks = [without, given, board] });

        result.Reason.Should().Be(StopReason.Completed);
        File.ReadAllText(without.Path).Should().Contain("Samples cannot be shown");
        File.ReadAllText(given.Path).Should().NotContain("Samples cannot be shown");
    }

    [Fact]
    public void Constructor_LabelsOfAnotherShape_SaysWhichAreAllowed()
    {
        using var label = tensor(1L);

        var make = () => new HtmlReport("report.html", new HtmlReportOptions { Condition = label });

        make.Should().Throw<ArgumentException>().WithMessage("HtmlReportOptions.Condition has the shape []; it must be [N, ...], a label or a row for each sample. (Parameter 'Condition')");
    }

    private sealed class OfConditions : nn.Module<Tensor, Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> linear;

        public OfConditions(long inputs, long outputs)
            : base(nameof(OfConditions))
        {
            linear = nn.Linear(inputs + 3, outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input, Tensor condition) => linear.call(cat([input, condition], 1));
    }
}
