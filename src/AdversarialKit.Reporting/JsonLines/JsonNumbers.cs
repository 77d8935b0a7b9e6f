using System.Text.Json;

namespace AdversarialKit;

/// <summary>Numbers as JSON has them.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a number to its last digit, and null for one that is not finite.</summary>
    public static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
