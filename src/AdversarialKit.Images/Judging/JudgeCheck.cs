namespace AdversarialKit;

/// <summary>Tells a judge's weights from others by what they answer to pictures that are always drawn alike.</summary>
internal static class JudgeCheck
{
    private const int Pictures = 32;
    private const long Seed = 77;

    /// <summary>The mean logit of each answer to a few drawn digits.</summary>
    public static double[] Values(JudgeNetwork network, ImageDataSet data)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var digits = DrawnDigitSet.Draw(Pictures, Seed);
        var (features, _) = network.Look(Fitted(digits.Images, data.Images.shape), CancellationToken.None);
        return network.Head.call(features).mean([0]).to(ScalarType.Float64).data<double>().ToArray();
    }

    // Pixels are repeated rather than mixed: no rounding of its own comes in.
    private static Tensor Fitted(Tensor digits, long[] shape)
    {
        var rows = Places(shape[2], digits.shape[2]);
        var columns = Places(shape[3], digits.shape[3]);
        return digits.index_select(2, rows).index_select(3, columns).expand(Pictures, shape[1], shape[2], shape[3]).contiguous();
    }

    private static Tensor Places(long wanted, long side) => tensor(Enumerable.Range(0, (int)wanted).Select(i => i * side / wanted).ToArray());
}
