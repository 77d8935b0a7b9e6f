using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Reads the recorded numbers in this folder.</summary>
internal static class GoldenFile
{
    public static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", name)));
        return document.RootElement.Clone();
    }

    /// <summary>A tensor stored as its shape and its flat data.</summary>
    public static Tensor Tensor(this JsonElement stored, ScalarType type)
    {
        var data = stored.GetProperty("data").EnumerateArray().Select(x => x.GetDouble()).ToArray();
        var shape = stored.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64()).ToArray();
        return tensor(data, dtype: ScalarType.Float64).reshape(shape).to(type);
    }
}
