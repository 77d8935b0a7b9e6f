namespace AdversarialKit;

/// <summary>How good the samples of one class are: what <see cref="PictureJudge.EvaluateClasses"/> found.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Samples">How many samples are of it: were asked to be, or are in the judge's eyes.</param>
/// <param name="Share">The share of all samples that are.</param>
/// <param name="RealShare">The share of all real pictures that are.</param>
/// <param name="Frechet">The Frechet distance of its samples to its real pictures; NaN where there are fewer than two.</param>
/// <param name="RealFrechet">The same distance of other real pictures that the judge did not learn from: the best to expect; NaN where there are fewer than two.</param>
/// <param name="Agreement">The share of the samples asked to be of it on which the judge sees it, 0 to 1; null where none was asked for.</param>
/// <param name="Warnings">What makes <paramref name="Frechet"/> doubtful; empty if nothing does.</param>
public sealed record ClassFigures(
    string Name,
    long Samples,
    double Share,
    double RealShare,
    double Frechet,
    double RealFrechet,
    double? Agreement,
    IReadOnlyList<string> Warnings);
