namespace AdversarialKit;

/// <summary>A file of tensors as the manifest notes it.</summary>
internal sealed record CheckpointFile
{
    /// <summary>The file is this name with <c>.safetensors</c> behind it.</summary>
    public required string Group { get; init; }

    public required long Length { get; init; }

    /// <summary>The SHA-256 of the whole file, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The tensors in the order of the file.</summary>
    public required IReadOnlyList<CheckpointTensor> Tensors { get; init; }
}
