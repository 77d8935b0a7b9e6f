namespace AdversarialKit.Benchmarks;

/// <summary>Counts modes: the judge names the digit in each channel.</summary>
/// <param name="judge">Remains the caller's.</param>
/// <param name="shares">The share of each mode among real images.</param>
internal sealed class StackedScore(PictureJudge judge, IReadOnlyList<double> shares)
{
    // Memory: the judge's first layer takes 50 KB a digit.
    private const int ImagesAtOnce = 800;

    /// <summary>Judges <paramref name="samples"/> images; a mode counts when it was seen once, as in the literature.</summary>
    /// <param name="samples">How many.</param>
    /// <param name="digits">Makes the digits of so many images, bytes [3 N, 1, 28, 28].</param>
    /// <param name="progress">Gets the share that is done.</param>
    public ModeCountResult Of(int samples, Func<int, Tensor> digits, Action<double> progress)
    {
        using var count = new ModeCount(StackedDigits.Modes, minimumShare: 0, referenceShares: shares);
        for (var done = 0; done < samples; done += ImagesAtOnce)
        {
            progress((double)done / samples);
            using var scope = NewDisposeScope();
            var classes = judge.Classes!.Extract(digits(Math.Min(ImagesAtOnce, samples - done))).argmax(1);
            count.UpdateLabels(StackedDigits.ModesOf(classes));
        }

        return count.Compute();
    }
}
