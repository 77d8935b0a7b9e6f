using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdversarialKit;

/// <summary>Writes tensors in the safetensors format, laid out as the reference implementation does it.</summary>
internal sealed class SafetensorsWriter(Stream stream)
{
    private const int Alignment = 8;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    internal long LargestPiece { get; init; } = 1L << 26;

    /// <summary>Is fed every byte that is written, if it is there.</summary>
    public IncrementalHash? Hash { get; init; }

    public long Written { get; private set; }

    /// <summary>Writes the whole file.</summary>
    /// <returns>What the header says of the tensors, in their order.</returns>
    public IReadOnlyList<SafetensorsEntry> Write(
        IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var entries = Layout(tensors);
        var json = Header(entries, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        Put(length);
        Put(json);
        foreach (var entry in entries)
        {
            WriteTensor(tensors[entry.Name], entry);
        }

        return entries;
    }

    /// <summary>Checks the tensors and gives each its place.</summary>
    /// <exception cref="ArgumentException">A tensor cannot be saved.</exception>
    public static IReadOnlyList<SafetensorsEntry> Layout(IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach (var (name, tensor) in tensors)
        {
            CheckName(name);
            if (tensor is null || tensor.IsInvalid)
            {
                throw new ArgumentException($"The tensor {DisplayText.Quote(name)} is null or disposed and cannot be saved.", nameof(tensors));
            }

            if (!SafetensorsTypes.TryName(tensor.dtype, out _) || tensor.is_sparse)
            {
                throw new ArgumentException($"The tensor {DisplayText.Quote(name)} is {(tensor.is_sparse ? "sparse " : "")}{tensor.dtype}; only dense tensors of the types {SafetensorsTypes.Names} can be saved.", nameof(tensors));
            }
        }

        var entries = new List<SafetensorsEntry>(tensors.Count);
        long offset = 0;
        foreach (var (name, tensor) in tensors.OrderBy(pair => SafetensorsTypes.Order(pair.Value.dtype)).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var byteCount = tensor.numel() * SafetensorsTypes.Size(tensor.dtype);
            entries.Add(new SafetensorsEntry(name, tensor.dtype, tensor.shape, offset, byteCount));
            offset += byteCount;
        }

        return entries;
    }

    private static void CheckName(string name)
    {
        if (name == "__metadata__")
        {
            throw new ArgumentException("A tensor cannot be saved under the name '__metadata__': the format keeps it for the file's notes.", nameof(name));
        }

        try
        {
            StrictUtf8.GetByteCount(name);
        }
        catch (EncoderFallbackException error)
        {
            throw new ArgumentException($"The tensor name {DisplayText.Quote(name)} is no valid Unicode text and cannot be saved.", nameof(name), error);
        }
    }

    private static byte[] Header(IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            foreach (var entry in entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight, so that a reader that maps the file finds the numbers aligned.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.Length <= SafetensorsReader.LongestHeader
            ? buffer.ToArray()
            : throw new ArgumentException($"The names of the tensors and the metadata take {buffer.Length} bytes; a safetensors header has at most {SafetensorsReader.LongestHeader}.", nameof(entries));
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject("__metadata__");
        foreach (var (name, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", SafetensorsTypes.Name(entry.Type));
        json.WriteStartArray("shape");
        foreach (var dimension in entry.Shape)
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Offset);
        json.WriteNumberValue(entry.Offset + entry.ByteCount);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // One tensor at a time is copied to the CPU and made contiguous, where it is not so already.
    private void WriteTensor(Tensor tensor, SafetensorsEntry entry)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var flat = tensor.detach().cpu().contiguous().reshape(-1);
        var count = flat.numel();
        var most = Math.Max(1, LargestPiece / SafetensorsTypes.Size(entry.Type));
        for (long start = 0; start < count; start += most)
        {
            using var piece = flat.narrow(0, start, Math.Min(most, count - start));
            Put(piece.bytes);
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        Hash?.AppendData(bytes);
        Written += bytes.Length;
    }
}
