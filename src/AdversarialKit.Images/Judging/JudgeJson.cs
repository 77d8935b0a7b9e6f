using System.Text.Json.Serialization;

namespace AdversarialKit;

/// <summary>Reads and writes a judge's facts without reflection, so that trimming takes nothing away.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JudgeFacts))]
internal sealed partial class JudgeJson : JsonSerializerContext;
