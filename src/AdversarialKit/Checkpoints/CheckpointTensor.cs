namespace AdversarialKit;

/// <summary>A tensor as the manifest notes it.</summary>
internal sealed record CheckpointTensor
{
    public required string Name { get; init; }

    /// <summary>As safetensors writes it, such as <c>F32</c>.</summary>
    public required string Type { get; init; }

    public required IReadOnlyList<long> Shape { get; init; }

    public static CheckpointTensor Of(SafetensorsEntry entry) =>
        new() { Name = entry.Name, Type = SafetensorsTypes.Name(entry.Type), Shape = entry.Shape };

    public bool Fits(SafetensorsEntry entry) =>
        Name == entry.Name && Type == SafetensorsTypes.Name(entry.Type) && Shape.SequenceEqual(entry.Shape);
}
