namespace AdversarialKit;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">The tensor's name, such as <c>0.weight</c>. Any text: do not use it as a file name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="Offset">Where its bytes begin, counted from the end of the header.</param>
/// <param name="ByteCount">How many bytes it takes: the number of elements times the size of one.</param>
public sealed record SafetensorsEntry(
    string Name, ScalarType Type, IReadOnlyList<long> Shape, long Offset, long ByteCount);
