using System.Text.Json;

namespace AdversarialKit;

/// <summary>
/// Goes through a manifest before a serializer makes objects of it: the serializer would take the last of two equal names,
/// and as much memory as a hostile file of many small things makes it.
/// </summary>
internal static class ManifestNames
{
    // A checkpoint of the most tensors that a file may hold has about ten of these for each.
    private const int MostTokens = 4_000_000;

    /// <exception cref="CheckpointException">A name occurs twice in one object, there are too many parts, or it is not JSON.</exception>
    public static void Check(string path, ReadOnlySpan<byte> json)
    {
        try
        {
            Check(path, new Utf8JsonReader(json));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ManifestFile.NotJson(path, error);
        }
    }

    private static void Check(string path, Utf8JsonReader json)
    {
        var open = new Stack<HashSet<string>>();
        for (var tokens = 0; json.Read(); tokens++)
        {
            if (tokens == MostTokens)
            {
                throw new CheckpointException(path, $"The manifest has more than {MostTokens} parts.");
            }

            if (json.TokenType == JsonTokenType.StartObject)
            {
                open.Push(new HashSet<string>(StringComparer.Ordinal));
            }
            else if (json.TokenType == JsonTokenType.EndObject)
            {
                open.Pop();
            }
            else if (json.TokenType == JsonTokenType.PropertyName && !open.Peek().Add(json.GetString()!))
            {
                throw new CheckpointException(path, $"The manifest names {DisplayText.Quote(json.GetString()!)} twice in one object.");
            }
        }
    }
}
