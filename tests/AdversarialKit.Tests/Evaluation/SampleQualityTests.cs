using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SampleQualityTests
{
    private const int Classes = 5;
    private const int Samples = 1_200;

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public void Judge_EachOfManyClasses_IsFound(int classes)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(5);
        var probabilities = torch.eye(classes, dtype: torch.ScalarType.Float64).repeat(4000 / classes, 1);
        using var judge = new SampleQuality(torch.randn(4000, 4, generator: random), probabilities);

        judge.Judge(torch.randn(4000, 4, generator: random), probabilities).Modes.Should().Be(classes);
    }

    [Fact]
    public void Judge_OrdersRealBeforeGanLikeBeforeNoise()
    {
        using var scope = NewDisposeScope();
        using var judge = new SampleQuality(Mixture(1), Softmax(Mixture(1)));

        var real = Judge(judge, Mixture(2));
        var gan = Judge(judge, (Mixture(3) * 0.9) + (MetricData.Normal(4, Samples, 8) * 0.6));
        var noise = Judge(judge, MetricData.Normal(5, Samples, 8) * 5);

        ShouldFall(report => -report.Frechet);
        ShouldFall(report => -report.Kernel);
        ShouldFall(report => report.Precision);
        ShouldFall(report => report.Density);
        ShouldFall(report => report.Coverage);
        ShouldFall(report => report.Confidence!.Value);
        real.Modes.Should().Be(Classes);
        real.ClassDivergence.Should().BeLessThan(0.02);
        real.Score.Should().BeGreaterThan(4.5);
        real.Warnings.Should().BeEmpty();
        real.KernelError.Should().BePositive();
        real.Samples.Should().Be(Samples);

        void ShouldFall(Func<QualityReport, double> figure) =>
            new[] { figure(real), figure(gan), figure(noise) }.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Judge_OnACollapsedGenerator_IsNotFooledByConfidence()
    {
        using var scope = NewDisposeScope();
        using var judge = new SampleQuality(Mixture(1), Softmax(Mixture(1)));

        var collapsed = Judge(judge, (MetricData.Normal(2, Samples, 8) * 0.05) + Mixture(1)[0]);

        collapsed.Confidence.Should().BeGreaterThan(0.9);
        collapsed.Precision.Should().BeGreaterThan(0.9);
        collapsed.Recall.Should().BeLessThan(0.1);
        collapsed.Coverage.Should().BeLessThan(0.1);
        collapsed.Modes.Should().Be(1);
        collapsed.Score.Should().BeLessThan(1.1);
        collapsed.ClassDivergence.Should().BeApproximately(Math.Log(Classes), 0.1);
    }

    [Fact]
    public void Judge_Twice_GivesTheSameReportWithoutClassesToo()
    {
        using var scope = NewDisposeScope();
        using var judge = new SampleQuality(Mixture(1));

        var (first, second) = (judge.Judge(Mixture(2)), judge.Judge(Mixture(2)));

        second.Should().BeEquivalentTo(first);
        first.Score.Should().BeNull();
        first.Modes.Should().BeNull();
    }

    [Fact]
    public void Judge_AfterARefusedSet_StartsAfresh()
    {
        using var scope = NewDisposeScope();
        using var judge = new SampleQuality(Mixture(1));
        var before = judge.Judge(Mixture(2));

        judge.Invoking(j => j.Judge(ones(3, 8))).Should().Throw<InvalidOperationException>();

        judge.Judge(Mixture(2)).Should().BeEquivalentTo(before);
    }

    [Fact]
    public void Judge_WithProgress_RisesToOne()
    {
        using var scope = NewDisposeScope();
        var seen = new ProgressLog();
        using var judge = new SampleQuality(Mixture(1));

        judge.Judge(Mixture(2), progress: seen);

        seen.Values.Should().BeInAscendingOrder();
        seen.Values[^1].Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void Judge_WithMismatchedProbabilities_SaysWhatIsMissing()
    {
        using var scope = NewDisposeScope();
        using var with = new SampleQuality(Mixture(1), Softmax(Mixture(1)));
        using var without = new SampleQuality(Mixture(1));

        Message(() => with.Judge(Mixture(1))).Should().Be("Class probabilities were given for the real samples but not for the generated ones. Give both, or neither. (Parameter 'probabilities')");
        Message(() => without.Judge(Mixture(1), Softmax(Mixture(1)))).Should().Be("Class probabilities were given for the generated samples but not for the real ones. Give both, or neither. (Parameter 'probabilities')");
        Message(() => with.Judge(Mixture(1), full(3, Classes, 0.2))).Should().Be("Features and class probabilities must be of the same samples; got [1200, 8] and [3, 5]. (Parameter 'probabilities')");

        static string Message(Action act) => act.Should().Throw<ArgumentException>().Which.Message;
    }

    private static QualityReport Judge(SampleQuality judge, Tensor features) => judge.Judge(features, Softmax(features));

    /// <summary>Five classes: unit Gaussians around 6 times a unit vector each.</summary>
    private static Tensor Mixture(long seed)
    {
        var centres = eye(Classes, 8, dtype: ScalarType.Float64) * 6;
        return MetricData.Normal(seed, Samples, 8) + centres.index_select(0, arange(Samples) % Classes);
    }

    private static Tensor Softmax(Tensor features) => (features.narrow(1, 0, Classes) * 2).softmax(1);
}
