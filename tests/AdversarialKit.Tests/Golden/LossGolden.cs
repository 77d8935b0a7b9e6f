using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>The two files of losses and penalties that were computed by others' code, and how numbers are read from them.</summary>
internal static class LossGolden
{
    public static JsonElement Golden { get; } = Read("loss_golden.json");

    public static IReadOnlyDictionary<string, JsonElement> Vectors { get; } = Read("loss_vectors.json")
        .GetProperty("vectors")
        .EnumerateArray()
        .ToDictionary(vector => vector.GetProperty("id").GetString()!);

    /// <summary>All numbers in it, in the order in which they stand, whatever the nesting.</summary>
    public static double[] Numbers(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array => [.. element.EnumerateArray().SelectMany(item => item.Numbers())],
        JsonValueKind.Object => [.. element.EnumerateObject().SelectMany(property => property.Value.Numbers())],
        _ => throw new FormatException($"A number was expected, but this is {element.ValueKind}."),
    };

    /// <summary>Nested arrays as they are nested.</summary>
    public static Tensor Tensor(this JsonElement element, ScalarType type = ScalarType.Float64)
    {
        var shape = new List<long>();
        for (var level = element; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            shape.Add(level.GetArrayLength());
        }

        return tensor(element.Numbers(), [.. shape], dtype: ScalarType.Float64).to(type);
    }

    /// <summary>A tensor written as <c>{ "shape": ..., "data": ... }</c>.</summary>
    public static Tensor ShapedTensor(this JsonElement element)
    {
        long[] shape = [.. element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        return tensor(element.GetProperty("data").Numbers(), shape, dtype: ScalarType.Float64);
    }

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)));
        return document.RootElement.Clone();
    }
}
