using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdversarialKit;

/// <summary>Generated serialization of the manifest: nothing in a file can choose which types are made.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(CheckpointManifest))]
internal sealed partial class CheckpointJson : JsonSerializerContext
{
    /// <summary>Reads the version alone, whatever else a later version may hold.</summary>
    public static CheckpointFormat? ReadFormat(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CheckpointFormatJson.Default.CheckpointFormat);
}
