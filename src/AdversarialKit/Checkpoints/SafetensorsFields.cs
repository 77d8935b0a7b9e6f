namespace AdversarialKit;

/// <summary>The fields of one tensor as a header states them, before anybody believed them.</summary>
internal sealed class SafetensorsFields
{
    public const int MostDimensions = 64;

    public string? Type { get; set; }

    public List<long>? Shape { get; set; }

    public List<long>? Offsets { get; set; }

    /// <summary>Checks that the fields are there and agree with one another.</summary>
    public SafetensorsEntry ToEntry(string path, string name)
    {
        var what = $"The tensor {DisplayText.Quote(name)}";
        if (Type is null || Shape is null || Offsets is not { Count: 2 })
        {
            throw new CheckpointException(path, $"{what} needs 'dtype', 'shape' and two 'data_offsets', and lacks some of them.");
        }

        if (!SafetensorsTypes.TryParse(Type, out var type))
        {
            throw new CheckpointException(path, $"{what} is of type {DisplayText.Quote(Type)}; the types that can be read are {SafetensorsTypes.Names}.");
        }

        if (SafetensorsTypes.ByteCount(type, Shape) is not { } byteCount)
        {
            throw new CheckpointException(path, $"{what} has the impossible shape {DisplayText.Shape(Shape)}.");
        }

        // No number is negative, so the difference cannot overflow.
        if (Offsets[1] - Offsets[0] != byteCount)
        {
            throw new CheckpointException(path, $"{what} is {DisplayText.Tensor(type, Shape)} and needs {byteCount} bytes, but its offsets are {DisplayText.Shape(Offsets)}.");
        }

        return new SafetensorsEntry(name, type, Shape.ToArray(), Offsets[0], byteCount);
    }
}
