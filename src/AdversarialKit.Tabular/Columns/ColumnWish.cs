namespace AdversarialKit;

/// <summary>What the builder was told about a column; the rest is found.</summary>
internal sealed record ColumnWish(ColumnKind? Kind)
{
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public double? Step { get; init; }

    public bool LeftOut { get; init; }
}
