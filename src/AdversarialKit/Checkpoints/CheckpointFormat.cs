namespace AdversarialKit;

/// <summary>The two fields of a manifest that every version of the format will have.</summary>
internal sealed record CheckpointFormat
{
    public int FormatVersion { get; init; }

    public string? Library { get; init; }
}
