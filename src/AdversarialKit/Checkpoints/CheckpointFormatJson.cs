using System.Text.Json.Serialization;

namespace AdversarialKit;

/// <summary>Skips what it does not know, unlike <see cref="CheckpointJson"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CheckpointFormat))]
internal sealed partial class CheckpointFormatJson : JsonSerializerContext;
