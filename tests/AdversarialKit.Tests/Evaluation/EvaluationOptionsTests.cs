using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>What does not fit together is told before the first iteration.</summary>
public sealed class EvaluationOptionsTests : IDisposable
{
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);
    private readonly SampleQuality _quality;
    private readonly Gan _gan;

    public EvaluationOptionsTests()
    {
        _quality = new SampleQuality(_real);
        _gan = Toy.Builder(_generator, _discriminator).Build();
    }

    public void Dispose()
    {
        _gan.Dispose();
        _quality.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
    }

    private EvaluationOptions Good => new() { Quality = _quality, Features = new ScriptedFeatures(_real, () => 0), Samples = 40 };

    [Fact]
    public void Fit_NoJudge_Throws() => Refusal(Good with { Quality = null! }).Should().Be(
        "EvaluationOptions.Quality is null, but must be the judge of the samples. (Parameter 'options')");

    [Fact]
    public void Fit_NoExtractor_Throws() => Refusal(Good with { Features = null! }).Should().Be(
        "EvaluationOptions.Features is null, but must be the extractor of the judge's features. (Parameter 'options')");

    [Fact]
    public void Fit_IntervalZero_Throws() => Refusal(Good with { Interval = 0 }).Should().Be(
        "EvaluationOptions.Interval is 0, but must be at least 1. (Parameter 'options')");

    [Theory]
    [InlineData(9)]
    [InlineData(50_001)]
    public void Fit_SamplesOutOfRange_Throws(int samples) => Refusal(Good with { Samples = samples }).Should().Be(
        $"EvaluationOptions.Samples is {samples}, but must be from 10 to 50000. (Parameter 'options')");

    [Fact]
    public void Fit_BestNeedsClassProbabilities_Throws() => Refusal(Good with { Best = QualityFigure.Modes }).Should().Be(
        "EvaluationOptions.Best is Modes, but the judge was made without class probabilities and does not measure it. (Parameter 'options')");

    [Fact]
    public void Fit_TwoMetricsOfCheckpoints_Throws()
    {
        var options = new FitOptions { Iterations = 1, Evaluation = Good, Checkpoints = new CheckpointOptions { Directory = "x", Metric = _ => 1 } };

        Refusal(options).Should().Be(
            "CheckpointOptions.Metric is given, but FitOptions.Evaluation says already which checkpoint is the best; leave out one of them. (Parameter 'options')");
    }

    [Fact]
    public void Fit_ExtractorOfOtherImages_SaysWhich()
    {
        using var network = nn.Linear(28, 6);
        using var features = Features.From(network);

        Refusal(Good with { Features = features }).Should().Match(
            "EvaluationOptions.Features cannot take the generator's samples [2, 6]: mat1 and mat2 shapes cannot be multiplied (2x6 and 28x6) "
            + "Give an extractor that was made for samples of this size. (Parameter 'option')");
    }

    [Fact]
    public void Fit_ExtractorOfAnotherWidth_Throws()
    {
        using var network = nn.Linear(6, 7);
        using var features = Features.From(network);

        Refusal(Good with { Features = features }).Should().Be(
            "Features of width 6 were expected, as the other set has; got [2, 7]. Use the same extractor for both sets. (Parameter 'features')");
    }

    [Fact]
    public void Fit_RowsLost_Throws()
    {
        var lossy = new ScriptedFeatures(_real, () => 0);
        using var features = new FirstRow(lossy);

        Refusal(Good with { Features = features }).Should().Be(
            "EvaluationOptions.Features gave [1, 6] for samples [2, 6]; it must give a row for each sample. (Parameter 'option')");
    }

    [Fact]
    public void Fit_ClassesForAJudgeWithout_Throws()
    {
        using var classes = Features.From(nn.Sequential(nn.Linear(6, 3), nn.Softmax(1)));

        Refusal(Good with { Classes = classes }).Should().Be(
            "Class probabilities were given for the generated samples but not for the real ones. Give both, or neither. (Parameter 'probabilities')");
    }

    [Fact]
    public void Fit_ClassesMissing_Throws()
    {
        using var probabilities = full([40, 4], 0.25);
        using var judge = new SampleQuality(_real, probabilities);

        Refusal(Good with { Quality = judge }).Should().Be(
            "Class probabilities were given for the real samples but not for the generated ones. Give both, or neither. (Parameter 'probabilities')");
    }

    [Fact]
    public void Fit_ConditionForAnUnconditionalGan_Throws()
    {
        using var labels = zeros(40, dtype: ScalarType.Int64);

        Refusal(Good with { Condition = labels }).Should().Be(
            "EvaluationOptions.Condition does not fit. A condition was given, but this GAN is unconditional. Build it with WithClassLabels(...) or WithCondition(...). (Parameter 'condition')");
    }

    [Fact]
    public void Fit_ConditionalGan_TakesTheLabelsOrTheClassesInTurn()
    {
        using var generator = new LabelledModule(4, 3, 6);
        using var discriminator = new LabelledModule(6, 3, 1);
        using var gan = new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator).WithClassLabels(3)
            .WithLatent(Latent.Normal(4)).WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(Optimizers.Adam()).Build();
        using var labels = zeros(20, dtype: ScalarType.Int64);

        using var floats = zeros(20);
        using var turns = arange(40, dtype: ScalarType.Int64).remainder(3);

        gan.Invoking(g => g.Fit([], new FitOptions { Evaluation = Good with { Condition = floats } })).Should().Throw<ArgumentException>()
            .WithMessage("EvaluationOptions.Condition does not fit. A class-conditional GAN needs one label per sample, Int64 [20], but the condition is Float32 [20]. (Parameter 'condition')");
        new SystemEvaluation(gan.System, Good with { Condition = labels }).Run(default).Samples.Should().Be(20);
        new SystemEvaluation(gan.System, Good).Run(default).Should().BeEquivalentTo(new SystemEvaluation(gan.System, Good with { Condition = turns }).Run(default));
    }

    private string Refusal(EvaluationOptions evaluation) => Refusal(new FitOptions { Iterations = 1, Evaluation = evaluation });

    private string Refusal(FitOptions options)
    {
        var message = _gan.Invoking(gan => gan.Fit([], options)).Should().Throw<ArgumentException>().Which.Message;
        _gan.Iteration.Should().Be(0);
        return message;
    }

    private sealed class FirstRow(IFeatureExtractor inner) : IFeatureExtractor
    {
        public Tensor Extract(Tensor samples) => inner.Extract(samples).narrow(0, 0, 1);

        public void Dispose()
        {
        }
    }
}
