using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SlicedWassersteinDistanceTests
{
    private static readonly double[] _shift = [3, 4, 0];

    [Fact]
    public void Compute_ShiftedSet_IsTheMeanOfTheShiftAlongDirections()
    {
        using var scope = NewDisposeScope();
        var real = MetricData.Normal(1, 1_000, 3);
        using var metric = new SlicedWassersteinDistance(real, directions: 20_000);
        metric.Update(real + tensor(_shift));

        var result = metric.Compute();

        // The mean of |cos| over a sphere in three dimensions is a half, and the shift is 5 long.
        result.Value.Should().BeApproximately(2.5, 4 * result.StandardError);
        result.StandardError.Should().BeInRange(0.005, 0.02);
        result.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Compute_OneDimension_IsTheGapOfSortedNumbers()
    {
        using var scope = NewDisposeScope();
        using var metric = new SlicedWassersteinDistance(tensor(new[,] { { 1.0 }, { 5.0 }, { 2.0 } }), directions: 4);
        metric.Update(tensor(new[,] { { 9.0 }, { 2.0 } }));
        metric.Update(tensor(new[,] { { 3.0 } }));

        // |1 - 2|, |2 - 3| and |5 - 9|, whichever way the line runs.
        metric.Compute().Value.Should().BeApproximately(2, 1e-12);
    }

    [Fact]
    public void Compute_AfterReset_ForgetsGeneratedSamplesAlone()
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (MetricData.Normal(1, 30, 4), MetricData.Normal(2, 30, 4));
        using var metric = new SlicedWassersteinDistance(real);
        metric.Update(fake);
        var first = metric.Compute().Value;

        metric.Update(real);
        metric.Reset();
        metric.Update(fake.narrow(0, 0, 10));
        metric.Update(fake.narrow(0, 10, 20));

        metric.Compute().Value.Should().Be(first);
    }

    [Fact]
    public void Compute_FewAndUnequalNumbers_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var metric = new SlicedWassersteinDistance(MetricData.Normal(1, 30, 4));
        metric.Update(MetricData.Normal(2, 20, 4));

        metric.Compute().Warnings.Should().Equal(
            "Sliced Wasserstein distance: 20 generated and 30 real samples are few, and the value is biased upwards. Use at least 1000 of each.",
            "Sliced Wasserstein distance: 20 generated and 30 real samples. Its bias hangs on the numbers; compare equal ones only.");
    }

    [Fact]
    public void Compute_WithoutSamples_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var metric = new SlicedWassersteinDistance(MetricData.Normal(1, 30, 4));

        metric.Invoking(m => m.Compute()).Should().Throw<InvalidOperationException>().WithMessage(
            "The sliced Wasserstein distance needs at least 1 generated samples; 0 were given. Call Update with more samples before Compute.");
    }
}
