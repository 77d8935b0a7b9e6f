using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class KernelDistanceTests
{
    public static IEnumerable<object[]> Cases => MetricData.FeatureCases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compute_OnGoldenSamples_GivesTheirDistance(string name)
    {
        using var scope = NewDisposeScope();
        using var metric = new KernelDistance(MetricData.Matrix(name, "x"));
        metric.Update(MetricData.Matrix(name, "y"));

        var expected = MetricData.Number(name, "kid");
        metric.Compute().Value.Should().BeApproximately(expected, 1e-9 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void Compute_OnVectors_GivesValueBlockMeanAndError()
    {
        using var scope = NewDisposeScope();
        using var metric = new KernelDistance(MetricData.Sines(), blockSize: 8);
        metric.Update(MetricData.Cosines());

        var result = metric.Compute();

        var blocks = MetricData.Vector("m.kid.blocks8");
        var (mean, error) = KernelDistance.MeanAndError(KernelDistance.BlockEstimates(MetricData.Sines(), MetricData.Cosines(), 8));
        result.Value.Should().BeApproximately(MetricData.Vector("m.kid").GetDouble(), 1e-9);
        mean.Should().BeApproximately(blocks[0].GetDouble(), 1e-9);
        error.Should().BeApproximately(blocks[1].GetDouble(), 1e-9);
        result.Blocks.Should().Be(2);
        result.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Compute_InAnyOrderAndBatches_GivesTheSameValue()
    {
        using var scope = NewDisposeScope();
        var y = MetricData.Normal(2, 3_000, 4);
        using var whole = new KernelDistance(MetricData.Normal(1, 3_000, 4));
        using var streamed = new KernelDistance(MetricData.Normal(1, 3_000, 4).flip(0));
        whole.Update(y);
        streamed.Update(y);
        streamed.Reset();
        foreach (var part in y.flip(0).split([1, 999, 2_000]))
        {
            streamed.Update(part);
        }

        var expected = whole.Compute();
        streamed.Compute().Value.Should().BeApproximately(expected.Value, 1e-12);
        streamed.Compute().Value.Should().BeApproximately(expected.Value, 1e-12, "a second call uses what the first has kept");
        expected.Blocks.Should().Be(3);
        Math.Abs(expected.Value).Should().BeLessThan(5 * expected.StandardError);
    }

    [Fact]
    public void Compute_OnOneBlock_HasNoErrorAndWarns()
    {
        using var scope = NewDisposeScope();
        using var metric = new KernelDistance(MetricData.Normal(1, 20, 4));
        metric.Update(MetricData.Normal(2, 30, 4));

        var result = metric.Compute();

        result.StandardError.Should().Be(double.NaN);
        result.BlockMean.Should().BeApproximately(result.Value, 1e-12);
        result.Warnings.Should().Equal("Kernel distance: 30 generated and 20 real samples make one block of at most 1000, so there is no standard error. Use more samples or a smaller blockSize.");
    }

    [Fact]
    public void Update_BeyondTheBound_SaysHowToRaiseIt()
    {
        using var scope = NewDisposeScope();
        using var metric = new KernelDistance(ones(4, 2), maximumSamples: 10);
        metric.Update(ones(8, 2));

        var act = () => metric.Update(ones(3, 2));

        act.Should().Throw<ArgumentException>().WithMessage("The metric holds at most 10 samples; this batch would make it 11. Judge fewer samples, or raise maximumSamples where the metric is built. (Parameter 'batch')");
    }

    [Fact]
    public void Compute_WithProgress_ReportsRisingSharesUpToOne()
    {
        using var scope = NewDisposeScope();
        var seen = new ProgressLog();
        using var metric = new KernelDistance(MetricData.Normal(1, 5_000, 2));
        metric.Update(MetricData.Normal(2, 5_000, 2));

        metric.Compute(seen);

        seen.Values.Should().HaveCountGreaterThan(5).And.BeInAscendingOrder();
        seen.Values[^1].Should().BeApproximately(1, 1e-12);
    }
}
