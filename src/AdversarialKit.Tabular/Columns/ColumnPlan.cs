namespace AdversarialKit;

/// <summary>What becomes of a column: it is learned by a codec, or its identifiers are renewed.</summary>
internal sealed record ColumnPlan(TableColumnInfo Info)
{
    public IColumnCodec? Codec { get; init; }

    public IdentifierRenewal? Renewal { get; init; }

    /// <summary>Whether there is anything to learn: more than one code, or positions within one.</summary>
    public bool IsLearned => Codec is { } codec && (codec.Codes > 1 || codec.HasPosition);
}
