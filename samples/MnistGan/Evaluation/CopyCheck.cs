using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>
/// Whether generated images are copies of training images: are they nearer to them than the test set is, which no GAN of
/// ours has seen?
/// </summary>
internal sealed class CopyCheck(Judge judge, StatusLine status)
{
    private const int BatchSize = 500;

    /// <summary>Compares through the judge's eyes with the whole training set, from which a GAN may have copied.</summary>
    /// <param name="data">The real images; remain the caller's.</param>
    /// <param name="images">What is checked, <c>uint8</c> [N, 28, 28]; remains the caller's.</param>
    /// <param name="token">Ends the check.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MemorizationResult Of(JudgeData data, Tensor images, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        var progress = new StatusProgress(status, "Looking for copies of training images", token);
        progress.Report(0);
        using var check = new Memorization(judge.Look(data.Training.Images, token).Features, judge.Look(data.Test.Images, token).Features, progress);
        var found = judge.Look(images, token).Features;
        for (var start = 0L; start < found.shape[0]; start += BatchSize)
        {
            progress.Report((double)start / found.shape[0]);
            using var inner = NewDisposeScope();
            check.Update(found.narrow(0, start, Math.Min(BatchSize, found.shape[0] - start)));
        }

        return check.Compute();
    }
}
