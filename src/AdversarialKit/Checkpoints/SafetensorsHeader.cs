namespace AdversarialKit;

/// <summary>The header of a safetensors file: which tensors are in it, and what the writer noted beside them.</summary>
/// <param name="Tensors">The tensors in the order of their bytes.</param>
/// <param name="Metadata">The writer's notes, by name; empty if there are none.</param>
/// <param name="DataStart">Where the tensors' bytes begin, counted from the start of the file.</param>
public sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Tensors, IReadOnlyDictionary<string, string> Metadata, long DataStart);
