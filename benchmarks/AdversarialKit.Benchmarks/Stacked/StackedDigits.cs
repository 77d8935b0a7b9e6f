namespace AdversarialKit.Benchmarks;

/// <summary>
/// Stacked MNIST (Metz et al. 2016, "Unrolled Generative Adversarial Networks", https://arxiv.org/abs/1611.02163): three
/// random digits in the three channels of an image make one of 1,000 modes.
/// </summary>
internal static class StackedDigits
{
    public const int Channels = 3;

    public const int Modes = Classes * Classes * Classes;

    private const int Classes = 10;
    private const int Side = 28;

    /// <summary>Digits, bytes [3 N, 1, 28, 28], to images [N, 3, 28, 28] in [-1, 1].</summary>
    public static Tensor Stack(Tensor digits) => digits.to(ScalarType.Float32).div_(127.5).sub_(1).view(-1, Channels, Side, Side);

    /// <summary>Images [N, 3, 28, 28] to their digits [3 N, 1, 28, 28], both in [-1, 1].</summary>
    public static Tensor Unstack(Tensor images) => images.reshape(-1, 1, Side, Side);

    /// <summary>The digits' classes, <c>int64</c> [3 N], to the images' modes [N]: 100 a + 10 b + c.</summary>
    public static Tensor ModesOf(Tensor classes)
    {
        using var scope = NewDisposeScope();
        var places = tensor(new long[] { Classes * Classes, Classes, 1 }, device: classes.device);
        return classes.view(-1, Channels).mul(places).sum(1).MoveToOuterDisposeScope();
    }

    /// <summary>The share of each mode when digits are drawn from those with these labels, <c>int64</c> [M], independently.</summary>
    public static double[] SharesOf(Tensor labels)
    {
        using var scope = NewDisposeScope();
        var share = labels.bincount(null, Classes).to(ScalarType.Float64).div(labels.shape[0]).data<double>().ToArray();
        return [.. Enumerable.Range(0, Modes).Select(mode => share[mode / 100] * share[mode / 10 % 10] * share[mode % 10])];
    }

    /// <summary>Batches of images, each of three digits drawn from all of <paramref name="digits"/>; the caller disposes them.</summary>
    public static TensorBatches Batches(Tensor digits, int batchSize, long seed) =>
        AdversarialKit.Batches.FromTensor(digits, Channels * batchSize, new TensorBatchOptions
        {
            Sampling = Sampling.WithReplacement,
            Transform = Stack,
            Seed = seed,
        });
}
