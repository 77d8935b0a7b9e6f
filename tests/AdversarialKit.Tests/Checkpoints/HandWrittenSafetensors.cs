using System.Text;
using System.Text.Json;

namespace AdversarialKit.Tests;

/// <summary>The safetensors format once more, written from its description and sharing no code with the library.</summary>
internal static class HandWrittenSafetensors
{
    public static byte[] File(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        return [.. BitConverter.GetBytes((ulong)json.Length), .. json, .. data];
    }

    public static Dictionary<string, (string Type, long[] Shape, byte[] Bytes)> Read(byte[] file)
    {
        var headerLength = (int)BitConverter.ToUInt64(file, 0);
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        var tensors = new Dictionary<string, (string, long[], byte[])>();
        foreach (var property in header.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__"))
        {
            var range = property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32()).ToArray();
            var shape = property.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64()).ToArray();
            tensors.Add(property.Name, (property.Value.GetProperty("dtype").GetString()!, shape, file[(8 + headerLength + range[0])..(8 + headerLength + range[1])]));
        }

        return tensors;
    }
}
