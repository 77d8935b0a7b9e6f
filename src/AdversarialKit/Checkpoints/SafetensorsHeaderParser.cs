using System.Text.Json;

namespace AdversarialKit;

/// <summary>
/// Reads the JSON of a safetensors header by hand: a serializer would take the last of two equal names, numbers with
/// fractions and fields that nobody knows.
/// </summary>
internal ref struct SafetensorsHeaderParser
{
    private const string MetadataName = "__metadata__";

    // A tensor object takes about a kilobyte whatever its size: this bounds what a file of empty tensors can cost.
    private const int MostTensors = 100_000;

    // As many notes as anybody takes, each with an object of its own whatever its length.
    private const int MostNotes = 10_000;

    private readonly string _path;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;
    private bool _hasMetadata;

    private SafetensorsHeaderParser(string path, ReadOnlySpan<byte> json)
    {
        _path = path;
        _json = new Utf8JsonReader(json);
    }

    /// <summary>Parses and checks everything that the header alone can tell; the tensors come in the order of their offsets.</summary>
    public static SafetensorsHeader Parse(string path, ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new CheckpointException(path, "The safetensors header does not begin with '{', so this is no safetensors file.");
        }

        try
        {
            return new SafetensorsHeaderParser(path, json).ReadHeader(8L + json.Length);
        }
        catch (JsonException error)
        {
            throw new CheckpointException(path, $"The safetensors header is not valid JSON. {DisplayText.Message(error)}", error);
        }
        catch (InvalidOperationException error)
        {
            // This is how the JSON reader reports bytes or escapes that are no Unicode text.
            throw new CheckpointException(path, "The safetensors header holds text that is not valid Unicode.", error);
        }
    }

    private SafetensorsHeader ReadHeader(long dataStart)
    {
        Next();
        while (NextProperty("the header") is { } name)
        {
            if (name == MetadataName)
            {
                ReadMetadata();
            }
            else
            {
                ReadEntry(name);
            }
        }

        if (_json.Read())
        {
            throw Fault("The safetensors header goes on behind its closing brace.");
        }

        // By name where empty tensors share an offset, so that the order does not depend on the writer.
        var tensors = _entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.ByteCount)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal).ToArray();
        return new SafetensorsHeader(tensors, _metadata, dataStart);
    }

    private void ReadMetadata()
    {
        if (_hasMetadata)
        {
            throw Fault("The safetensors header holds '__metadata__' twice.");
        }

        _hasMetadata = true;
        BeginObject("'__metadata__'");
        while (NextProperty("'__metadata__'") is { } name)
        {
            if (_metadata.Count == MostNotes)
            {
                throw Fault($"The file holds more than {MostNotes} notes under '__metadata__'.");
            }

            if (!_metadata.TryAdd(name, ReadString($"the metadata {DisplayText.Quote(name)}")))
            {
                throw Fault($"The metadata name {DisplayText.Quote(name)} occurs twice.");
            }
        }
    }

    private void ReadEntry(string name)
    {
        var what = $"the tensor {DisplayText.Quote(name)}";
        var fields = new SafetensorsFields();
        BeginObject(what);
        while (NextProperty(what) is { } field)
        {
            switch (field)
            {
                case "dtype" when fields.Type is null:
                    fields.Type = ReadString($"'dtype' of {what}");
                    break;
                case "shape" when fields.Shape is null:
                    fields.Shape = ReadNumbers($"'shape' of {what}", SafetensorsFields.MostDimensions);
                    break;
                case "data_offsets" when fields.Offsets is null:
                    fields.Offsets = ReadNumbers($"'data_offsets' of {what}", 2);
                    break;
                default:
                    throw Fault($"The field {DisplayText.Quote(field)} of {what} is unknown or occurs twice.");
            }
        }

        if (_entries.Count == MostTensors)
        {
            throw Fault($"The file holds more than {MostTensors} tensors.");
        }

        if (!_entries.TryAdd(name, fields.ToEntry(_path, name)))
        {
            throw Fault($"The tensor {DisplayText.Quote(name)} occurs twice.");
        }
    }

    private string? NextProperty(string where)
    {
        Next();
        return _json.TokenType switch
        {
            JsonTokenType.PropertyName => _json.GetString(),
            JsonTokenType.EndObject => null,
            _ => throw Fault($"The safetensors header is malformed in {where}."),
        };
    }

    private string ReadString(string what)
    {
        Next();
        return _json.TokenType == JsonTokenType.String ? _json.GetString()! : throw Fault($"A text is needed for {what}.");
    }

    private List<long> ReadNumbers(string what, int most)
    {
        Next();
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            throw Fault($"A list of numbers is needed for {what}.");
        }

        var numbers = new List<long>();
        for (Next(); _json.TokenType != JsonTokenType.EndArray; Next())
        {
            if (_json.TokenType != JsonTokenType.Number || !_json.TryGetInt64(out var number) || number < 0 || numbers.Count == most)
            {
                throw Fault($"At most {most} whole numbers from 0 to {long.MaxValue} are allowed for {what}.");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private void BeginObject(string what)
    {
        Next();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            throw Fault($"An object is needed for {what}.");
        }
    }

    private void Next()
    {
        if (!_json.Read())
        {
            throw Fault("The safetensors header ends in the middle.");
        }
    }

    private readonly CheckpointException Fault(string fault) => new(_path, fault);
}
