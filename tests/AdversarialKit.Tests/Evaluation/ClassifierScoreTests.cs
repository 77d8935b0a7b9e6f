using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ClassifierScoreTests
{
    private static readonly double[] Confident = [0.98, 0.01, 0.01];

    public static IEnumerable<object[]> Cases => MetricData.ProbabilityCases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_OnGoldenProbabilities_GivesTheirScoreAndParts(string name)
    {
        using var scope = NewDisposeScope();
        using var metric = new ClassifierScore();
        metric.Update(MetricData.Matrix(name, "p"));

        // The other program took its parts in the order that the samples came in.
        var result = metric.Compute(MetricData.Matrix(name, "p"));

        metric.Compute().Value.Should().BeApproximately(MetricData.Number(name, "inception_score"), 1e-9);
        result.Value.Should().BeApproximately(MetricData.Number(name, "inception_score"), 1e-9);
        result.Mean.Should().BeApproximately(MetricData.Number(name, "is_splits_10_mean"), 1e-9);
        result.StandardDeviation.Should().BeApproximately(MetricData.Number(name, "is_splits_10_std"), 1e-9);
        var parts = MetricData.Case(name).GetProperty("is_splits_10").EnumerateArray().Select(e => e.GetDouble());
        result.Parts.Should().Equal(parts, (actual, expected) => Math.Abs(actual - expected) < 1e-9);
    }

    [Fact]
    public void Compute_OnTheVector_GivesItsScore()
    {
        using var scope = NewDisposeScope();
        using var metric = new ClassifierScore(parts: 1);
        foreach (var part in MetricData.Cosines().softmax(1).flip(0).chunk(3))
        {
            metric.Update(part);
        }

        metric.Compute().Value.Should().BeApproximately(MetricData.Vector("m.is").GetDouble(), 1e-9);
    }

    [Fact]
    public void Compute_OnACollapsedGenerator_IsOneThoughConfident()
    {
        using var scope = NewDisposeScope();
        using var metric = new ClassifierScore();
        metric.Update(zeros(300, 3, dtype: ScalarType.Float64) + tensor(Confident));

        var result = metric.Compute();

        result.MeanConfidence.Should().BeApproximately(0.98, 1e-12);
        result.Value.Should().BeApproximately(1, 1e-12);
        result.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Compute_OnFewSamples_Warns()
    {
        using var scope = NewDisposeScope();
        using var metric = new ClassifierScore();
        metric.Update(MetricData.Matrix("one_hot_balanced", "p"));

        metric.Compute().Warnings.Should().Equal("Classifier score: 40 samples in 10 parts are few for 8 classes and the parts' scores are too low. Use at least 800 samples, or fewer parts.");
    }

    [Fact]
    public void Update_WithLogits_SaysToApplySoftmax()
    {
        using var metric = new ClassifierScore();

        var act = () => metric.Update(tensor(new[,] { { -1.5, 2 }, { 0.5, 0.5 } }));

        act.Should().Throw<ArgumentException>().WithMessage("Every row of class probabilities must be at least 0 and sum to 1; the lowest value is -1.5 and a sum is off by 0.5. Apply softmax to logits first. (Parameter 'batch')");
    }

    [Fact]
    public void Update_WithOtherClasses_SaysBoth()
    {
        using var metric = new ClassifierScore();
        metric.Update(full(2, 4, 0.25));

        var act = () => metric.Update(full(2, 5, 0.2));

        act.Should().Throw<ArgumentException>().WithMessage("Probabilities of 4 classes were expected; got [2, 5]. Use the same classifier for all samples. (Parameter 'batch')");
    }
}
