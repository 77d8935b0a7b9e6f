namespace AdversarialKit;

/// <summary>What a synthesizer knows of a column.</summary>
public sealed record TableColumnInfo
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What its values are.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>The step of a number, such as 1 for whole numbers and 0.05; of a date in seconds, 86,400 for days.</summary>
    /// <value>0 where there is none.</value>
    public double Step { get; init; }

    /// <summary>The least number; of a date in seconds since the year 1.</summary>
    public double Minimum { get; init; }

    /// <summary>The greatest number; of a date in seconds since the year 1.</summary>
    public double Maximum { get; init; }

    /// <summary>The share of rows without a value, 0 to 1.</summary>
    public double MissingShare { get; init; }

    /// <summary>How many different values it has.</summary>
    public int DistinctValues { get; init; }

    /// <summary>What is done with it that you may not expect, in a sentence.</summary>
    /// <value>Null where nothing is.</value>
    public string? Remark { get; init; }

    internal int Decimals { get; init; }

    internal string? DateFormat { get; init; }
}
