namespace AdversarialKit;

/// <summary>What a <see cref="TableReport"/> shows.</summary>
public sealed record TableReportContent
{
    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>The rows that were learned from.</summary>
    public required Table Learned { get; init; }

    /// <summary>Real rows that were not: what synthetic ones are held against.</summary>
    public required Table HeldOut { get; init; }

    /// <summary>Synthetic rows.</summary>
    public required Table Synthetic { get; init; }

    /// <summary>Other rows to hold beside them, such as those of baselines, by name.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<(string Name, Table Rows)> Others { get; init; } = [];

    /// <summary>What models that learned from these rows foretell. The package has no models: measure it with those that the rows are for.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<UtilityFigure> Utility { get; init; } = [];

    /// <summary>How the fit went.</summary>
    /// <value>Null by default: not shown.</value>
    public TableFit? Fit { get; init; }

    /// <summary>What is known of columns, as <see cref="TableSynthesizer.Columns"/> has it: kinds that the builder was told, and what is done that one may not expect.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<TableColumnInfo> Columns { get; init; } = [];
}
