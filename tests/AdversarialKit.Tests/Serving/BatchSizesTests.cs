using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

public sealed class BatchSizesTests
{
    [Fact]
    public void Try_RowsByThemselves_AllowsEverySize()
    {
        using var inputs = rand(64, 3);

        var sizes = BatchSizes.Try(rows => Rows(inputs, rows) * 2, 64);

        sizes.ToString().Should().Be("batches of 1, 2, 4, 8, 16, 24, 32, 48, 64");
        (sizes.Fitting(3), sizes.Fitting(9), sizes.Fitting(64)).Should().Be((4, 16, 64));
    }

    [Fact]
    public void Try_SmallBatchesDiffer_AllowsTheOthers()
    {
        using var inputs = rand(64, 3);

        var sizes = BatchSizes.Try(rows => Rows(inputs, rows) * (rows.Length < 4 ? 2.001 : 2), 64);

        sizes.ToString().Should().Be("batches of 4, 8, 16, 24, 32, 48, 64");
        sizes.Fitting(1).Should().Be(4);
    }

    /// <summary>Kernels for small batches round a sum otherwise, and many sums come out the same nevertheless.</summary>
    [Fact]
    public void Try_OneRowInTenDiffers_IsFound()
    {
        using var inputs = rand(64, 3);

        var sizes = BatchSizes.Try(rows => Rows(inputs, rows) * (rows.Length < 8 && rows.Any(row => row % 10 == 5) ? 2.001 : 2), 64);

        sizes.ToString().Should().Be("batches of 8, 16, 24, 32, 48, 64");
    }

    [Fact]
    public void Try_RowsLookAtTheBatch_SharesNothing()
    {
        using var inputs = rand(32, 3);

        var sizes = BatchSizes.Try(rows => Rows(inputs, rows) - Rows(inputs, rows).narrow(0, 0, 1), 32);

        (sizes.AreShared, sizes.Fitting(3), sizes.ToString()).Should().Be((false, 3, "a batch for each request, of at most 32"));
    }

    [Fact]
    public void Try_PlaceInTheBatchMatters_SharesNothing()
    {
        using var inputs = rand(32, 3);

        BatchSizes.Try(rows => Rows(inputs, rows) + arange(rows.Length).unsqueeze(1), 32).AreShared.Should().BeFalse();
    }

    private static Tensor Rows(Tensor inputs, long[] rows) => inputs.index_select(0, tensor(rows));
}
