using System.Security.Cryptography;
using System.Text;

namespace AdversarialKit;

/// <summary>
/// Features as published Frechet Inception distances are computed with: the network is a TorchScript file of the user's, and what
/// comes before it, which figures hang on as much, is done here as the field does it.
/// </summary>
/// <remarks>
/// Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017),
/// https://arxiv.org/abs/1706.08500; about resizing Parmar, Zhang and Zhu (2022), https://arxiv.org/abs/2104.11222. Samples become
/// bytes, as if they had been written to files; bytes are resized to 299 x 299 and given to the network, which is in evaluation
/// mode whatever mode it was saved in. Statistics are sums in float64. Not safe for use by several threads at once.
/// </remarks>
public sealed class InceptionFeatures : IFeatureExtractor
{
    /// <summary>Part of every digest: another number wherever what comes before the network is computed otherwise.</summary>
    private const int Version = 1;

    private readonly InceptionOptions _options;
    private readonly InceptionNetwork _network;
    private readonly InceptionInput _input;
    private bool _disposed;

    private InceptionFeatures(InceptionNetwork network, InceptionOptions options)
    {
        (_network, _options, _input) = (network, options, new InceptionInput(options));
        Digest = Hex(FormattableString.Invariant(
            $"{network.Digest} {options.Resizing} {options.Range.Black:R} {options.Range.White:R} {Version}"));
    }

    /// <summary>Names network and preprocessing: figures compare where it is equal. 64 hexadecimal digits.</summary>
    public string Digest { get; }

    /// <summary>Loads a network and checks it: it must run on 299 x 299 pixels, return features, and give a picture the same ones whatever is beside it.</summary>
    /// <param name="path">
    /// A file that <c>torch.jit.save</c> wrote, of a module that takes images <c>[N, 3, 299, 299]</c> in the options' range and returns
    /// features <c>[N, F]</c>. Where the module takes a second argument, it is given true, which is <c>return_features</c> of the file that the
    /// field uses.
    /// </param>
    /// <param name="options">Resizing, range, check values. Default: clean-fid's resizing, bytes, no check values.</param>
    /// <returns>An extractor for images <c>[N, 1 or 3, H, W]</c>; it owns what it loaded, and the caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or no file of check values.</exception>
    /// <exception cref="InvalidDataException">The file is not TorchScript, does not do what is said above, or does not give the check values.</exception>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    public static InceptionFeatures FromTorchScript(string path, InceptionOptions? options = null)
    {
        options ??= new InceptionOptions();
        CheckOptions(options);
        var network = InceptionNetwork.Load(path, options);
        try
        {
            using var scope = NewDisposeScope();
            network.Check(new InceptionInput(options).Of(InceptionCheck.Images()), options.CheckFile);
            return new InceptionFeatures(network, options);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Features of samples.</summary>
    /// <param name="samples">
    /// Images <c>[N, C, H, W]</c> of any size with 1 (grey) or 3 channels, in [-1, 1] (what lies outside counts as the nearest end), or bytes.
    /// Remain the caller's.
    /// </param>
    /// <returns>Features <c>[N, F]</c>, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">They are no such images, or some numbers are not finite.</exception>
    /// <exception cref="ObjectDisposedException">The extractor was disposed.</exception>
    public Tensor Extract(Tensor samples)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckSamples(samples);
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var start = 0L; start < samples.shape[0]; start += _options.BatchSize)
        {
            using var inner = NewDisposeScope();
            var part = samples.narrow(0, start, Math.Min(_options.BatchSize, samples.shape[0] - start));
            parts.Add(_network.Run(_input.Of(part)).MoveToOuterDisposeScope());
        }

        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    /// <summary>Statistics of all pictures of a folder and the folders below it, each resized from its own size.</summary>
    /// <param name="folder">The folder; see <c>Batches.FromImageFolder</c> for what is read and how.</param>
    /// <param name="cache">
    /// A folder that keeps statistics; made if need be. A file there is named by the digest of network, preprocessing, and names and bytes of all
    /// pictures, so that it is used where nothing of them changed. Default: null, nothing is kept.
    /// </param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    /// <returns>Statistics for <see cref="FrechetDistance"/>, which the caller disposes.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">The folder holds no pictures.</exception>
    /// <exception cref="ImageFileException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    /// <exception cref="ObjectDisposedException">The extractor was disposed.</exception>
    public FeatureStatistics StatisticsOf(string folder, string? cache = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var pictures = new FolderPictures(FolderListing.Read(folder));
        return StatisticsCache.FindOrMake(cache, () => Hex($"{Digest} {pictures.Digest()}"), statistics =>
        {
            var numbers = new float[Math.Min(_options.BatchSize, pictures.Count) * InceptionInput.Length];
            foreach (var batch in Enumerable.Range(0, pictures.Count).Chunk(_options.BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Parallel.For(0, batch.Length, i => pictures.With(batch[i], picture =>
                    _input.Write(picture, numbers.AsSpan(i * InceptionInput.Length, InceptionInput.Length))));
                using var scope = NewDisposeScope();
                statistics.Update(_network.Run(InceptionInput.Images(numbers, batch.Length)));
            }
        });
    }

    /// <summary>Statistics of images that lie in memory.</summary>
    /// <param name="images">As for <see cref="Extract"/>, any number of them.</param>
    /// <param name="cache">As for <see cref="StatisticsOf(string, string?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends the work between two batches.</param>
    /// <returns>Statistics for <see cref="FrechetDistance"/>, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">They are no such images, or some numbers are not finite.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    /// <exception cref="ObjectDisposedException">The extractor was disposed.</exception>
    public FeatureStatistics StatisticsOf(Tensor images, string? cache = null, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckSamples(images);
        return StatisticsCache.FindOrMake(cache, () => Hex($"{Digest} {TensorDigest.Of(images)}"), statistics =>
        {
            for (var start = 0L; start < images.shape[0]; start += _options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var scope = NewDisposeScope();
                statistics.Update(Extract(images.narrow(0, start, Math.Min(_options.BatchSize, images.shape[0] - start))));
            }
        });
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        _disposed = true;
        _network.Dispose();
    }

    private static void CheckOptions(InceptionOptions options)
    {
        if (options.BatchSize is < 1 or > 4096)
        {
            throw new ArgumentException($"{nameof(options.BatchSize)} is {options.BatchSize}; it may be 1 to 4096.", nameof(options));
        }

        var (black, white) = options.Range;
        if (!double.IsFinite(black) || !double.IsFinite(white) || black == white)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{nameof(options.Range)} is ({black}, {white}); two different finite numbers are needed."), nameof(options));
        }

        if (!Enum.IsDefined(options.Resizing))
        {
            throw new ArgumentException($"{nameof(options.Resizing)} is {options.Resizing}, which is none of {string.Join(", ", Enum.GetNames<InceptionResizing>())}.", nameof(options));
        }
    }

    private static void CheckSamples(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.dim() != 4 || samples.shape[1] is not (1 or 3) || samples.numel() == 0 || !(samples.is_floating_point() || samples.dtype == ScalarType.Byte))
        {
            throw new ArgumentException(
                $"Samples must be images [N, 1 or 3, H, W], in [-1, 1] or bytes; got {samples.dtype} [{string.Join(", ", samples.shape)}].", nameof(samples));
        }

        using var scope = NewDisposeScope();
        if (samples.is_floating_point() && !samples.isfinite().all().ToBoolean())
        {
            throw new ArgumentException("Some numbers of the samples are NaN or infinite. Find out where the generator diverged; such samples cannot be judged.", nameof(samples));
        }
    }

    private static string Hex(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
