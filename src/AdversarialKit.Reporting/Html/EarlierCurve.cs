namespace AdversarialKit;

/// <summary>A curve as a report shows it.</summary>
/// <param name="Chart">The title of its chart.</param>
/// <param name="Name">Its name in it.</param>
/// <param name="IsFigure">Whether it is a figure that the caller adds.</param>
/// <param name="PointsPerBucket">How many points a full bucket holds.</param>
/// <param name="Buckets">Its points, as far as they are to be kept.</param>
internal sealed record EarlierCurve(string Chart, string Name, bool IsFigure, int PointsPerBucket, IReadOnlyList<SeriesBucket> Buckets);
