namespace AdversarialKit;

/// <summary>
/// Batches of pairs of pictures, for translation from one kind to another; made by <c>Batches.FromImagePairs</c>,
/// <c>FromSideBySideImages</c> or <c>FromUnpairedImages</c>. Never ends. Other threads decode ahead of the one that trains.
/// </summary>
/// <remarks>
/// A batch's real samples are the targets, what a generator shall make; its condition are the sources, what it makes them of. Aligned pairs share
/// window and mirroring. Its state is where it stands, so that a resumed run goes on at the very next batch.
/// </remarks>
public sealed class ImagePairBatches : IBatchSource, IStateful, IDisposable
{
    private readonly ImageFolderOptions _options;
    private readonly IPairSource _pairs;
    private readonly PlannedBatches _batches;
    private readonly int _batchSize;

    internal ImagePairBatches(IPairSource pairs, int batchSize, ImageFolderOptions options)
    {
        (_pairs, _options, _batchSize) = (pairs, options, batchSize);
        _batches = new PlannedBatches(pairs.Count, batchSize, pairs.Digest, options, Make);
    }

    /// <summary>How many pairs there are, broken ones included; where pictures are unpaired, how many targets.</summary>
    public int Count => _pairs.Count;

    /// <inheritdoc cref="IBatchSource.BatchesPerEpoch"/>
    public long BatchesPerEpoch => _batches.BatchesPerEpoch;

    long? IBatchSource.BatchesPerEpoch => BatchesPerEpoch;

    string? IBatchSource.SharedData => _batches.SharedData;

    /// <summary>The broken files that were met and skipped so far.</summary>
    public IReadOnlyList<BrokenImage> Broken => _pairs.Broken;

    /// <summary>How long <see cref="NextBatch"/> waited for pictures, in all; see <see cref="ImageFolderBatches.Waited"/>.</summary>
    public TimeSpan Waited => _batches.Waited;

    /// <summary>The next batch: targets as its real samples and sources as its condition, each <c>[N, C, H, W]</c> in [-1, 1], float32 on the CPU.</summary>
    /// <returns>The batch; tensors go with the dispose scope, or are the caller's where there is none.</returns>
    /// <exception cref="ImageFileException">A file is broken or gone, and the options say refuse; or all files are. The next call tries again.</exception>
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public Batch? NextBatch()
    {
        var made = _batches.Next();
        return new Batch(Tensors.Of(made.Images, _batchSize, _options), Tensors.Of(made.Others, _batchSize, _options));
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> GetState() => _batches.GetState();

    /// <inheritdoc/>
    public void SetState(IReadOnlyDictionary<string, Tensor> state) => _batches.SetState(state);

    /// <summary>Ends the threads' work and waits for it. Batches that were given out remain.</summary>
    public void Dispose() => _batches.Dispose();

    private MadeBatch Make(BatchPlan plan, long number, CancellationToken stop)
    {
        var length = _options.Channels * _options.Height * _options.Width;
        var batch = new MadeBatch(new float[_batchSize * length], new float[_batchSize * length], []);
        var samples = plan.SamplesOf(number);
        var draws = plan.DrawsOf(number);
        for (var i = 0; i < samples.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            var window = ImageWindow.Draw(ref draws, _options.CropMargin, _options.Flip);
            var pair = _pairs.Read(samples[i], ref draws);
            var other = _pairs.AreAligned ? window : ImageWindow.Draw(ref draws, _options.CropMargin, _options.Flip);
            Copy(window, pair.Target, batch.Images.AsSpan(i * length, length));
            Copy(other, pair.Source, batch.Others.AsSpan(i * length, length));
        }

        return batch;
    }

    private void Copy(ImageWindow window, byte[] image, Span<float> target) =>
        window.Copy(image, _options.Width + _options.CropMargin, _options.Width, target, _options.Channels);
}
