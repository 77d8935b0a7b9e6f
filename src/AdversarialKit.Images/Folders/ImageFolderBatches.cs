namespace AdversarialKit;

/// <summary>
/// Batches of the pictures in a folder and in all folders below it; made by <c>Batches.FromImageFolder</c>. Never ends. Other threads
/// decode ahead of the one that trains.
/// </summary>
/// <remarks>
/// What a batch holds, flips and windows included, follows from the seed, the batch's number and the files' names, whatever the file
/// system, the threads and the cache do. Its state is where it stands, so that a resumed run goes on at the very next batch.
/// </remarks>
public sealed class ImageFolderBatches : IBatchSource, IStateful, IDisposable
{
    private readonly ImageFolderOptions _options;
    private readonly ImageReader _reader;
    private readonly FolderClasses? _classes;
    private readonly PlannedBatches _batches;
    private readonly int _batchSize;

    internal ImageFolderBatches(string path, int batchSize, ImageFolderOptions options)
    {
        ImageChecks.Check(batchSize, options);
        var listing = FolderListing.Read(path);
        ImageChecks.RequireABatch(listing.Names.Count, batchSize * (options.Collective?.Size ?? 1), options.Sampling, path);
        (_options, _batchSize, Count) = (options, batchSize, listing.Names.Count);
        _classes = options.LabelsFromFolders ? FolderClasses.Of(listing) : null;
        _reader = new ImageReader(listing, options);
        _batches = new PlannedBatches(Count, batchSize, listing.Digest(), options, Make);
    }

    /// <summary>How many pictures there are, broken ones included.</summary>
    public int Count { get; }

    /// <inheritdoc cref="IBatchSource.BatchesPerEpoch"/>
    public long BatchesPerEpoch => _batches.BatchesPerEpoch;

    long? IBatchSource.BatchesPerEpoch => BatchesPerEpoch;

    string? IBatchSource.SharedData => _batches.SharedData;

    /// <summary>The classes' names: a label is a place in this list. Empty where there are no labels.</summary>
    public IReadOnlyList<string> ClassNames => _classes?.Names ?? [];

    /// <summary>The broken files that were met and skipped so far, by name.</summary>
    public IReadOnlyList<BrokenImage> Broken => _reader.Broken;

    /// <summary>
    /// How long <see cref="NextBatch"/> waited for pictures, in all. Where it grows with the run, decoding is too slow: more
    /// <see cref="ImageFolderOptions.Threads"/>, more <see cref="ImageFolderOptions.CacheBytes"/>, or smaller files.
    /// </summary>
    public TimeSpan Waited => _batches.Waited;

    /// <summary>The next batch: images <c>[N, C, H, W]</c> in [-1, 1], float32 on the CPU, with labels <c>[N]</c> (Int64) where folders are classes.</summary>
    /// <returns>The batch; tensors go with the dispose scope, or are the caller's where there is none.</returns>
    /// <exception cref="ImageFileException">A file is broken or gone, and the options say refuse; or all files are. The next call tries again.</exception>
    /// <exception cref="ObjectDisposedException">The source was disposed.</exception>
    public Batch? NextBatch()
    {
        var made = _batches.Next();
        return new Batch(Tensors.Of(made.Images, _batchSize, _options), _classes is null ? null : tensor(made.Labels));
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
        var batch = new MadeBatch(new float[_batchSize * length], [], new long[_classes is null ? 0 : _batchSize]);
        var samples = plan.SamplesOf(number);
        var draws = plan.DrawsOf(number);
        for (var i = 0; i < samples.Length; i++)
        {
            stop.ThrowIfCancellationRequested();
            var window = ImageWindow.Draw(ref draws, _options.CropMargin, _options.Flip);
            var (image, index) = _reader.Read(samples[i]);
            window.Copy(image, _reader.Fitting.Width, _options.Width, batch.Images.AsSpan(i * length, length), _options.Channels);
            if (_classes is not null)
            {
                batch.Labels[i] = _classes.Labels[index];
            }
        }

        return batch;
    }
}
