namespace AdversarialKit;

/// <summary>A chart of the report.</summary>
internal sealed class Chart(string title, string unit = "")
{
    /// <summary>How many colours the page has.</summary>
    public const int Colours = 6;

    private readonly List<ChartCurve> _curves = [];

    public string Title => title;

    /// <summary>What follows its numbers, such as "%"; empty for none.</summary>
    public string Unit => unit;

    /// <summary>Whether its curves jump about so much that a smoothed one helps.</summary>
    public bool Smooth { get; init; }

    /// <summary>Whether few points are expected, each of which shall be seen.</summary>
    public bool Dots { get; init; }

    /// <summary>Whether a curve that is zero throughout tells nothing.</summary>
    public bool HideZeros { get; init; }

    /// <summary>Whether it is a figure that the caller adds, and not one of the run.</summary>
    public bool IsFigure { get; init; }

    /// <summary>All its curves.</summary>
    public IReadOnlyList<ChartCurve> Curves => _curves;

    /// <summary>The curves that have something to show.</summary>
    public IReadOnlyList<ChartCurve> Visible => [.. _curves.Where(Tells)];

    public BoundedSeries Add(string name, int colour)
    {
        var series = new BoundedSeries();
        _curves.Add(new ChartCurve(name, colour, series));
        return series;
    }

    private bool Tells(ChartCurve curve) =>
        curve.Series.Buckets.Count > 0 && !(HideZeros && curve.Series.Buckets.All(b => b is { Low: 0, High: 0 }));
}
