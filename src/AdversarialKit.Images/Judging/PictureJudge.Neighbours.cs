namespace AdversarialKit;

// Looking for copies by eye.
public sealed partial class PictureJudge
{
    /// <summary>The training pictures that are most like each sample in the judge's eyes.</summary>
    /// <param name="samples">Pictures <c>[N, C, H, W]</c>, floats in [-1, 1] or bytes: chosen ones, as each is compared with all. Remain the caller's.</param>
    /// <param name="count">How many for each. Default: 5.</param>
    /// <param name="token">Ends the work.</param>
    /// <returns>Their places in the data, Int64 <c>[N, count]</c>, the nearest first. The caller disposes it.</returns>
    /// <exception cref="ArgumentException">The samples have another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the number of training pictures.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Tensor FindNeighbours(Tensor samples, int count = 5, CancellationToken token = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        JudgeChecks.Samples(samples, null, _shares.Training, _task);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _shares.Training.Images.shape[0]);
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var training = _network.Look(_shares.Training.Images, token).Features;
        var nearest = new List<Tensor>();
        foreach (var sample in LookAt(PictureBytes.From(samples)).Features.split(1))
        {
            using var inner = NewDisposeScope();
            token.ThrowIfCancellationRequested();
            nearest.Add((training - sample).square().sum(1).topk(count, largest: false).indexes.MoveToOuterDisposeScope());
        }

        return stack(nearest).MoveToOuterDisposeScope();
    }

    /// <summary>A sheet with a row for each sample: the sample, then the training pictures that are most like it. It shows copies that no figure tells.</summary>
    /// <param name="samples">Pictures <c>[N, C, H, W]</c>, floats in [-1, 1] or bytes, a few. Remain the caller's.</param>
    /// <param name="count">How many neighbours for each. Default: 5.</param>
    /// <param name="options">Padding, enlargement, labels. Default: 2 pixels apart.</param>
    /// <param name="token">Ends the work.</param>
    /// <returns>The sheet.</returns>
    /// <exception cref="ArgumentException">The samples have another shape, or an option is wrong.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1 or above the number of training pictures.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ImageSheet DrawNeighbours(Tensor samples, int count = 5, ImageSheetOptions? options = null, CancellationToken token = default)
    {
        using var scope = NewDisposeScope();
        var found = FindNeighbours(samples, count, token);
        var neighbours = _shares.Training.Images.index_select(0, found.flatten()).unflatten(0, found.shape);
        var rows = cat([PictureBytes.From(samples).unsqueeze(1), neighbours], 1).flatten(0, 1);
        return ImageSheet.Draw(rows, (options ?? new ImageSheetOptions()) with { Columns = count + 1, Rows = null });
    }
}
