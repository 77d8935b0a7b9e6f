namespace AdversarialKit;

/// <summary>How a fit went, as data.</summary>
public sealed record TableFit
{
    /// <summary>Why it ended.</summary>
    public required TableFitEnd End { get; init; }

    /// <summary>How many iterations were made.</summary>
    public required long Iterations { get; init; }

    /// <summary>The iteration whose weights were kept: the one with the best figures.</summary>
    public required long BestIteration { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Losses of every tenth iteration.</summary>
    public required IReadOnlyList<TableLoss> Losses { get; init; }

    /// <summary>The figures by which weights were kept, on rows that were learned from.</summary>
    public required IReadOnlyList<TableFigure> Figures { get; init; }
}
