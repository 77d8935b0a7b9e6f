namespace AdversarialKit;

/// <summary>Means of the kernel (a·b / F + 1)³, a block of rows at a time.</summary>
internal static class CubicKernel
{
    /// <summary>Over all pairs of different samples of one set.</summary>
    public static double MeanOfOthers(Tensor set, WorkProgress? work = null)
    {
        var (count, width) = (set.shape[0], set.shape[1]);
        using var scope = NewDisposeScope();
        var diagonal = Cube(set.square().sum(1) / width).ToDouble();
        var total = 0.0;
        foreach (var (start, rows) in SquaredDistances.Blocks(count, count))
        {
            using var inner = NewDisposeScope();
            var block = set.narrow(0, start, rows);
            // The kernel is symmetric: what lies right of the diagonal block counts twice.
            total += Sum(block, block);
            if (start + rows < count)
            {
                total += 2 * Sum(block, set.narrow(0, start + rows, count - start - rows));
            }

            work?.Add((double)rows * count);
        }

        return (total - diagonal) / ((double)count * (count - 1));
    }

    /// <summary>Over all pairs of a sample of one set and a sample of the other.</summary>
    public static double Mean(Tensor x, Tensor y, WorkProgress? work = null)
    {
        var total = 0.0;
        foreach (var (start, rows) in SquaredDistances.Blocks(x.shape[0], y.shape[0]))
        {
            using var scope = NewDisposeScope();
            total += Sum(x.narrow(0, start, rows), y);
            work?.Add((double)rows * y.shape[0]);
        }

        return total / ((double)x.shape[0] * y.shape[0]);
    }

    private static double Sum(Tensor x, Tensor y)
    {
        using var width = x.shape[1].ToScalar();
        return Cube(mm(x, y.t()).div_(width)).ToDouble();
    }

    private static Tensor Cube(Tensor products)
    {
        var kernel = products.add_(Constant.One);
        return kernel.pow(Constant.Three).sum();
    }
}
