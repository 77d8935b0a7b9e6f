namespace AdversarialKit;

/// <summary>
/// A classifier of one's own pictures, small and trained in a minute, through whose eyes generated pictures are compared with real ones: figures that
/// mean something where there is no Inception network, or where it has never seen such pictures.
/// </summary>
/// <remarks>
/// <para>It learns from four sixths of the data, which are neither those that samples are compared with nor those that show the best to expect. Its
/// features are the 128 last hidden values. Figures compare within one judge only: another network, or the same one trained on another machine,
/// gives other distances.</para>
/// <para>Without labels it learns how pictures were turned; see <see cref="PictureJudgeOptions.LearnsClasses"/>.</para>
/// <code>
/// using var judge = PictureJudge.Open("judge.safetensors", data);
/// using var samples = gan.Sample(10_000);
/// Console.WriteLine(judge.Evaluate(samples));
/// </code>
/// </remarks>
public sealed partial class PictureJudge : IDisposable
{
    private readonly JudgeNetwork _network;
    private readonly JudgeTask _task;
    private readonly JudgeShares _shares;
    private readonly PictureJudgeOptions _options;
    private readonly Lazy<SampleQuality> _quality;
    private bool _disposed;

    private PictureJudge((JudgeNetwork Network, JudgeFacts Facts) made, JudgeTask task, JudgeShares shares, PictureJudgeOptions options)
    {
        ((_network, Facts), _task, _shares, _options) = (made, task, shares, options);
        _quality = new Lazy<SampleQuality>(TakeRealPictures);
        Features = new JudgeFeatures(pictures => LookAt(pictures).Features);
        Classes = task.LearnsClasses ? new JudgeFeatures(pictures => LookAt(pictures).Probabilities) : null;
    }

    /// <summary>What is known of it, its accuracy among it.</summary>
    public JudgeFacts Facts { get; }

    /// <summary>Its features <c>[N, 128]</c> of pictures <c>[N, C, H, W]</c>, floats in [-1, 1] or bytes. Lives as long as the judge.</summary>
    public IFeatureExtractor Features { get; }

    /// <summary>The probabilities of the classes in its eyes, <c>[N, K]</c>; null where it learned none. Lives as long as the judge.</summary>
    public IFeatureExtractor? Classes { get; }

    /// <summary>The figures of any features against the real pictures' own. Made when first asked for; lives as long as the judge.</summary>
    public SampleQuality Quality
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _quality.Value;
        }
    }

    /// <summary>Trains a judge. The same data and threads give the same one.</summary>
    /// <param name="data">What it learns from and compares with: at least 600 pictures, better thousands. Remains the caller's and must live as long as the judge.</param>
    /// <param name="options">How. Default: four epochs, of the classes where there are any.</param>
    /// <param name="token">Ends the training.</param>
    /// <returns>The judge, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">An option is wrong, the pictures are too few or too small, or the test set is of other pictures.</exception>
    /// <exception cref="InvalidDataException">It stayed below <see cref="PictureJudgeOptions.LeastAccuracy"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PictureJudge Train(ImageDataSet data, PictureJudgeOptions? options = null, CancellationToken token = default)
    {
        options ??= new PictureJudgeOptions();
        JudgeChecks.Check(data, options);
        var task = JudgeTask.Of(data, options);
        var shares = new JudgeShares(data, options);
        return new PictureJudge(new JudgeTraining(shares, task, options).Train(token), task, shares, options);
    }

    /// <summary>Reads the judge that is kept in a file, or trains one and keeps it there.</summary>
    /// <param name="path">The file of its weights, usually ending in <c>.safetensors</c>; its facts are beside it, in a <c>.json</c>.</param>
    /// <param name="data">The data that it was trained on, or is to be. Remains the caller's and must live as long as the judge.</param>
    /// <param name="options">How it is trained. Default: four epochs, of the classes where there are any.</param>
    /// <param name="token">Ends the training.</param>
    /// <returns>The judge, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">An option is wrong, the pictures are too few or too small, or the test set is of other pictures.</exception>
    /// <exception cref="InvalidDataException">What is kept is not the judge that was, is one of other pictures, or stayed below <see cref="PictureJudgeOptions.LeastAccuracy"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was kept.</exception>
    public static PictureJudge Open(string path, ImageDataSet data, PictureJudgeOptions? options = null, CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new PictureJudgeOptions();
        JudgeChecks.Check(data, options);
        var file = new JudgeFile(path);
        if (file.Exists)
        {
            var task = JudgeTask.Of(data, options);
            return new PictureJudge(file.Read(data, task, options.LeastAccuracy), task, new JudgeShares(data, options), options);
        }

        var judge = Train(data, options, token);
        file.Write(judge._network, judge.Facts);
        return judge;
    }

    /// <summary>Keeps the judge, for <see cref="Open"/>.</summary>
    /// <param name="path">The file of its weights, which is replaced; its facts go beside it, into a <c>.json</c>.</param>
    /// <exception cref="CheckpointException">The weights could not be written.</exception>
    /// <exception cref="IOException">The facts could not be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ObjectDisposedException.ThrowIf(_disposed, this);
        new JudgeFile(path).Write(_network, Facts);
    }

    /// <summary>All figures of samples, between real pictures and noise.</summary>
    /// <param name="samples">Pictures <c>[N, C, H, W]</c>, floats in [-1, 1] or bytes: at least 10, better as many as <see cref="PictureJudgeOptions.MostSamples"/>; more are left out. Remain the caller's.</param>
    /// <param name="labels">The classes that were asked for, Int64 <c>[N]</c>; says how often the judge sees them. Default: null. Remain the caller's.</param>
    /// <param name="name">What the table calls the samples. Default: <c>samples</c>.</param>
    /// <param name="token">Ends the work.</param>
    /// <returns>The table's rows. <c>ToString</c> makes it text.</returns>
    /// <exception cref="ArgumentException">The samples have another shape, or the labels do not fit them or the judge.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Judgement Evaluate(Tensor samples, Tensor? labels = null, string name = "samples", CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        JudgeChecks.Samples(samples, labels, _shares.Training, _task);
        var quality = Quality;
        using var scope = NewDisposeScope();
        return new JudgeComparison(_network, _task, _shares, _options, quality).Of(PictureBytes.From(samples), labels, name, token);
    }

    /// <summary>The figures of each class by itself.</summary>
    /// <param name="samples">Pictures <c>[N, C, H, W]</c>, floats in [-1, 1] or bytes. Remain the caller's.</param>
    /// <param name="labels">The classes that were asked for, Int64 <c>[N]</c>. Default: null, each sample is of the class that the judge sees. Remain the caller's.</param>
    /// <param name="token">Ends the work.</param>
    /// <returns>A line for each class, in the order of <see cref="ImageDataSet.ClassNames"/>.</returns>
    /// <exception cref="ArgumentException">The samples have another shape, or the labels do not fit them or the judge.</exception>
    /// <exception cref="InvalidOperationException">The judge has learned no classes.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<ClassFigures> EvaluateClasses(Tensor samples, Tensor? labels = null, CancellationToken token = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        JudgeChecks.Samples(samples, labels, _shares.Training, _task);
        if (!_task.LearnsClasses)
        {
            throw new InvalidOperationException($"The judge has learned no classes, only how pictures were turned. Train it on data with {nameof(ImageDataSet.ClassNames)}.");
        }

        using var scope = NewDisposeScope();
        return new ClassComparison(_network, _shares).Of(PictureBytes.From(samples), labels, token);
    }

    /// <summary>What <c>Fit</c> is told so that this judge looks on. The judge must outlive the run.</summary>
    /// <param name="interval">Iterations between two evaluations. Default: 1,000.</param>
    /// <returns>Options of as many samples as real pictures are compared with. Change them with <c>with</c>.</returns>
    public EvaluationOptions ToEvaluation(long interval = 1000)
    {
        var quality = Quality;
        using var compared = _shares.ComparedPlaces();
        return new EvaluationOptions
        {
            Quality = quality,
            Features = Features,
            Classes = Classes,
            Interval = interval,
            Samples = (int)Math.Min(_options.MostSamples, compared.shape[0]),
        };
    }

    /// <summary>Frees the network and what it saw of real pictures; the data remain.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _network.Dispose();
        if (_quality.IsValueCreated)
        {
            _quality.Value.Dispose();
        }
    }

    private (Tensor Features, Tensor Probabilities) LookAt(Tensor pictures)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _network.Look(pictures, CancellationToken.None);
    }

    private SampleQuality TakeRealPictures()
    {
        using var scope = NewDisposeScope();
        var real = _shares.Compared();
        var (features, probabilities) = LookAt(real.narrow(0, 0, Math.Min(_options.MostSamples, real.shape[0])));
        return new SampleQuality(features, _task.LearnsClasses ? probabilities : null);
    }
}
