using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class ModeCountTests
{
    [Fact]
    public void Compute_OnKnownCounts_GivesModesAndDivergence()
    {
        using var scope = NewDisposeScope();
        using var metric = new ModeCount(4);
        metric.UpdateLabels(Labels(600, 392, 8, 0));

        var result = metric.Compute();

        result.Counts.Should().Equal(600, 392, 8, 0);
        result.Modes.Should().Be(2, "8 of 1,000 are below 1 %");
        // 0.6 ln 2.4 + 0.392 ln 1.568 + 0.008 ln 0.032
        result.Divergence.Should().BeApproximately(0.674067, 1e-6);
        result.Warnings.Should().BeEmpty();
    }

    [Fact]
    public void Compute_AtTheThreshold_CountsTheClass()
    {
        using var scope = NewDisposeScope();
        using var share = new ModeCount(3, minimumShare: 0.01);
        using var any = new ModeCount(3, minimumShare: 0);
        using var count = new ModeCount(3, minimumShare: 0, minimumCount: 11);
        foreach (var metric in new[] { share, any, count })
        {
            metric.UpdateLabels(Labels(989, 10, 1));
        }

        share.Compute().Modes.Should().Be(2);
        any.Compute().Modes.Should().Be(3);
        count.Compute().Modes.Should().Be(1);
    }

    [Fact]
    public void Compute_AgainstReferenceShares_IsZeroWhereTheyAgreeAndInfiniteOutside()
    {
        using var scope = NewDisposeScope();
        using var metric = new ModeCount(3, referenceShares: [0.75, 0.25, 0]);
        metric.UpdateLabels(Labels(75, 25, 0));

        metric.Compute().Divergence.Should().BeApproximately(0, 1e-15);
        metric.UpdateLabels(Labels(0, 0, 1));
        metric.Compute().Divergence.Should().Be(double.PositiveInfinity);
        metric.Compute().Warnings.Should().Equal("Mode count: 1 classes were generated that the reference does not have, so the divergence is infinite.");
    }

    [Fact]
    public void Update_WithProbabilities_TakesTheMostProbableClassBatchByBatch()
    {
        using var scope = NewDisposeScope();
        using var metric = new ModeCount(3);
        metric.Update(tensor(new[,] { { 0.2, 0.5, 0.3 } }));
        metric.Reset();
        metric.Update(tensor(new[,] { { 0.2, 0.5, 0.3 }, { 0.6, 0.3, 0.1 } }));
        metric.Update(tensor(new[,] { { 0f, 0f, 1f } }));

        metric.Compute().Counts.Should().Equal(1, 1, 1);
        metric.Compute().Warnings.Should().Equal("Mode count: 3 samples are few for 3 classes; classes may be missed by chance. Use at least 30.");
    }

    [Fact]
    public void WrongInput_SaysWhatIsAllowed()
    {
        using var metric = new ModeCount(3);
        var range = () => metric.UpdateLabels(tensor(new long[] { 0, 3 }));
        var type = () => metric.UpdateLabels(ones(2));
        var shares = () => new ModeCount(3, referenceShares: [0.5, 0.6, 0.1]);

        range.Should().Throw<ArgumentException>().WithMessage("Labels must lie between 0 and 2; got 0 to 3. (Parameter 'labels')");
        type.Should().Throw<ArgumentException>().WithMessage("Labels must be an Int64 tensor [N] with at least one element; got Float32 [2]. (Parameter 'labels')");
        shares.Should().Throw<ArgumentException>().WithMessage("The reference shares must be 3 numbers of at least 0 with a sum of 1; got 3 with a sum of 1.2. (Parameter 'referenceShares')");
    }

    private static Tensor Labels(params int[] counts) =>
        tensor(counts.SelectMany((count, label) => Enumerable.Repeat((long)label, count)).ToArray());
}
