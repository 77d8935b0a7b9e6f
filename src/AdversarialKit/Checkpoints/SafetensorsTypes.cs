using System.Diagnostics.CodeAnalysis;

namespace AdversarialKit;

/// <summary>The element types that a safetensors file and torch share.</summary>
internal static class SafetensorsTypes
{
    // The order in which the reference implementation lays tensors out, so that large elements come first and
    // everything behind an aligned header is aligned too.
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("I64", ScalarType.Int64, 8),
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("I32", ScalarType.Int32, 4),
        ("BF16", ScalarType.BFloat16, 2),
        ("F16", ScalarType.Float16, 2),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    public static string Names { get; } = string.Join(", ", Known.Select(known => known.Name));

    public static bool TryParse(string name, out ScalarType type)
    {
        var index = Array.FindIndex(Known, known => known.Name == name);
        type = index < 0 ? default : Known[index].Type;
        return index >= 0;
    }

    public static bool TryName(ScalarType type, [NotNullWhen(true)] out string? name)
    {
        var index = Array.FindIndex(Known, known => known.Type == type);
        name = index < 0 ? null : Known[index].Name;
        return index >= 0;
    }

    public static string Name(ScalarType type) => TryName(type, out var name) ? name : type.ToString();

    public static int Size(ScalarType type) => Known[Order(type)].Size;

    public static int Order(ScalarType type) => Array.FindIndex(Known, known => known.Type == type);

    /// <summary>The bytes that a tensor takes, or null if that is no number that a file could hold.</summary>
    public static long? ByteCount(ScalarType type, IReadOnlyList<long> shape)
    {
        // Strides are computed as if empty dimensions had length 1, so those products must not overflow either.
        Int128 padded = Size(type);
        var isEmpty = false;
        foreach (var dimension in shape)
        {
            if (dimension < 0)
            {
                return null;
            }

            isEmpty |= dimension == 0;
            padded *= Math.Max(dimension, 1);
            if (padded > long.MaxValue)
            {
                return null;
            }
        }

        return isEmpty ? 0 : (long)padded;
    }
}
