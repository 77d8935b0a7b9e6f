using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class MemorizationTests
{
    [Fact]
    public void Compute_OnKnownDistances_CountsPairsWithTiesAsHalf()
    {
        using var scope = NewDisposeScope();
        // Held-out distances 1, 2, 3; generated 0, 2, 5: (3 + 1.5 + 0) of 9 pairs.
        using var metric = new Memorization(tensor(new double[,] { { 0 }, { 100 } }), tensor(new double[,] { { 1 }, { -2 }, { 103 } }));
        metric.Update(tensor(new double[,] { { 100 }, { 2 }, { 95 } }));

        var result = metric.Compute();

        result.CloserShare.Should().BeApproximately(0.5, 1e-15);
        result.ZScore.Should().BeApproximately(0, 1e-12);
        result.ExactCopies.Should().Be(1);
        result.MedianGeneratedDistance.Should().Be(2);
        result.MedianHoldoutDistance.Should().Be(2);
        result.Warnings.Should().Equal(
            "Memorization: 3 generated and 3 held-out samples are few for a z-score. Use at least 100 of each.",
            "Memorization: 2 training samples are few to be near to; nothing then looks copied. Use at least 100.");
    }

    [Fact]
    public void Compute_OnKnownRanks_GivesTheMannWhitneyScore()
    {
        using var scope = NewDisposeScope();
        using var metric = new Memorization(zeros(1, 1), tensor(new double[,] { { 3 }, { 4 } }));
        metric.Update(tensor(new double[,] { { 1 }, { 2 } }));

        var result = metric.Compute();

        result.CloserShare.Should().Be(1);
        result.ZScore.Should().BeApproximately(-0.5 / Math.Sqrt(5.0 / 48), 1e-12);
    }

    [Fact]
    public void Compute_TellsFreshFromCopyingFromStraying()
    {
        using var scope = NewDisposeScope();
        var training = MetricData.Normal(1, 500, 6);
        using var metric = new Memorization(training, MetricData.Normal(2, 400, 6));

        var fresh = Judge(MetricData.Normal(3, 400, 6));
        var copies = Judge(training.narrow(0, 0, 400));
        var nearCopies = Judge(training.narrow(0, 0, 400) + (MetricData.Normal(4, 400, 6) * 0.1));
        var strays = Judge(MetricData.Normal(5, 400, 6) * 3);

        Math.Abs(fresh.ZScore).Should().BeLessThan(3);
        copies.ExactCopies.Should().Be(400);
        copies.CloserShare.Should().Be(1);
        nearCopies.ZScore.Should().BeLessThan(-10);
        nearCopies.ExactCopies.Should().Be(0);
        strays.ZScore.Should().BeGreaterThan(10);

        MemorizationResult Judge(Tensor generated)
        {
            metric.Reset();
            metric.Update(generated.narrow(0, 0, 100));
            metric.Update(generated.narrow(0, 100, 300));
            return metric.Compute();
        }
    }
}
