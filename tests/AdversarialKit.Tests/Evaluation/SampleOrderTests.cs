using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Figures are of a set of samples, and the order in which they come is none of its properties.</summary>
public sealed class SampleOrderTests
{
    private const int Classes = 10;
    private const int PerClass = 300;

    [Fact]
    public void Judge_ClassByClassOrShuffled_GivesTheSameFigures()
    {
        using var scope = NewDisposeScope();
        var (features, probabilities) = Samples(twins: true);
        using var judge = new SampleQuality(Shuffled(features, 1), Shuffled(probabilities, 1));

        var inOrder = judge.Judge(features, probabilities);

        inOrder.Score.Should().BeInRange(8, 10);
        inOrder.ScoreDeviation.Should().BeGreaterThan(0);
        foreach (var seed in (int[])[2, 3])
        {
            var shuffled = judge.Judge(Shuffled(features, seed), Shuffled(probabilities, seed));

            shuffled.Score.Should().Be(inOrder.Score);
            shuffled.ScoreDeviation.Should().Be(inOrder.ScoreDeviation);
            shuffled.Kernel.Should().Be(inOrder.Kernel);
            shuffled.KernelError.Should().Be(inOrder.KernelError);
            shuffled.Should().BeEquivalentTo(inOrder, how => how.Using<double>(c => c.Subject.Should().BeApproximately(c.Expectation, 1e-9)).WhenTypeIs<double>());
        }
    }

    [Fact]
    public void Judge_RealSamplesInAnyOrder_GivesTheSameKernelError()
    {
        using var scope = NewDisposeScope();
        var (features, _) = Samples(twins: false);
        var fakes = features + MetricData.Normal(9, features.shape[0], 16);
        using var one = new SampleQuality(features);
        using var other = new SampleQuality(Shuffled(features, 4));

        other.Judge(fakes).KernelError.Should().Be(one.Judge(fakes).KernelError);
    }

    [Fact]
    public void KernelDistance_SetsSortedByClass_HasTheErrorOfShuffledOnes()
    {
        using var scope = NewDisposeScope();
        var (features, _) = Samples(twins: false);
        using var metric = new KernelDistance(features);
        metric.Update(features.flip(0));

        var result = metric.Compute();

        var (mean, error) = KernelDistance.MeanAndError(KernelDistance.BlockEstimates(Shuffled(features, 1), Shuffled(features, 2), 1_000));
        result.StandardError.Should().BeInRange(error / 20, error * 20);
        var (_, inOrder) = KernelDistance.MeanAndError(KernelDistance.BlockEstimates(features, features.flip(0), 1_000));
        inOrder.Should().BeGreaterThan(50 * result.StandardError, "blocks of different classes tell nothing of the error");
        Math.Abs(result.BlockMean - mean).Should().BeLessThan(10 * error);
    }

    [Fact]
    public void FrechetExtrapolation_InAnyOrderAndBatches_GivesTheSameBits()
    {
        using var scope = NewDisposeScope();
        using var real = FeatureStatistics.Of(MetricData.Normal(1, 400, 4));
        using var whole = new FrechetExtrapolation(real);
        using var parts = new FrechetExtrapolation(real);
        var samples = MetricData.Normal(2, 300, 4);
        whole.Update(samples);
        foreach (var part in samples.flip(0).split([1, 99, 200]))
        {
            parts.Update(part);
        }

        parts.Compute().Value.Should().Be(whole.Compute().Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Arranged_EqualRowsAmongOthers_SpreadsThem(int width)
    {
        using var scope = NewDisposeScope();
        var rows = cat([zeros(500, width, dtype: ScalarType.Float64), MetricData.Normal(1, 500, width)]);

        var arranged = SampleOrder.Arranged(rows);

        var zerosInHalf = arranged.narrow(0, 0, 500).abs().sum(1).eq(0).sum().item<long>();
        zerosInHalf.Should().BeInRange(200, 300);
        arranged.sum().item<double>().Should().BeApproximately(rows.sum().item<double>(), 1e-9);
        SampleOrder.Arranged(rows.flip(0).contiguous()).Equals(arranged).Should().BeTrue();
        SampleOrder.Arranged(rows, seed: 1).Equals(arranged).Should().BeFalse();
    }

    private static (Tensor Features, Tensor Probabilities) Samples(bool twins)
    {
        var labels = arange(Classes, dtype: ScalarType.Int64).repeat_interleave(PerClass);
        var sharp = nn.functional.one_hot(labels, Classes).to(ScalarType.Float64);
        var blur = twins ? full_like(sharp, 0.001) : 0.02 * rand(sharp.shape, dtype: ScalarType.Float64, generator: new Generator(6));
        var probabilities = (sharp * 0.99) + blur;
        var features = MetricData.Normal(7, Classes, 16).index_select(0, labels) + (0.3 * MetricData.Normal(8, Classes * PerClass, 16));
        return (features, probabilities / probabilities.sum(1, keepdim: true));
    }

    private static Tensor Shuffled(Tensor rows, int seed) => rows.index_select(0, randperm(rows.shape[0], ScalarType.Int64, generator: new Generator((ulong)seed)));
}
