namespace AdversarialKit;

/// <summary>What a run judges its samples by, and how often.</summary>
/// <remarks>
/// Samples are made as <c>Gan.Generate</c> makes them, with the averaged weights where there are some, always from the
/// same latents, which come from a random sequence of their own: evaluating changes no bit of a run, and two points of the
/// curve differ by the weights alone.
/// </remarks>
public sealed record EvaluationOptions
{
    /// <summary>The judge, which holds the real samples. Remains the caller's and must live as long as the run.</summary>
    public required SampleQuality Quality { get; init; }

    /// <summary>The extractor that made the judge's real features. Remains the caller's and must live as long as the run.</summary>
    public required IFeatureExtractor Features { get; init; }

    /// <summary>What made the judge's real class probabilities; given if and only if the judge has them. Remains the caller's.</summary>
    /// <value>Null by default.</value>
    public IFeatureExtractor? Classes { get; init; }

    /// <summary>Iterations between two evaluations. One more is made when the run ends, unless it was cancelled or diverged.</summary>
    /// <value>At least 1; 1000 by default.</value>
    public long Interval { get; init; } = 1000;

    /// <summary>How many samples are judged; as many as the judge has real ones is best.</summary>
    /// <value>10 to 50,000; 10,000 by default. Only their features are held, not the samples.</value>
    public int Samples { get; init; } = 10_000;

    /// <summary>The condition of a conditional GAN's samples, one label per sample, which then says how many there are.</summary>
    /// <value>Null by default: the classes in turn. Remains the caller's and must live as long as the run.</value>
    public Tensor? Condition { get; init; }

    /// <summary>
    /// The figure that says which evaluation is the best. Where checkpoints are written, the best one gets a checkpoint of its
    /// own, which <c>best</c> names and which is kept beside the last ones.
    /// </summary>
    /// <value><see cref="QualityFigure.Frechet"/> by default.</value>
    public QualityFigure Best { get; init; }

    /// <summary>Told the share of an evaluation that is done, 0 to 1, on the thread that trains.</summary>
    /// <value>Null by default.</value>
    public IProgress<double>? Progress { get; init; }

    internal long Count => Condition is null ? Samples : Condition.dim() == 1 ? Condition.shape[0] : 0;
}
