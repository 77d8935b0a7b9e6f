using System.Buffers.Binary;

namespace AdversarialKit;

/// <summary>
/// Reads a safetensors file from a stream that nobody vouches for: every size is compared with the stream's length
/// before memory is taken.
/// </summary>
internal sealed class SafetensorsReader(string path, Stream stream)
{
    // The bound that the reference implementation sets.
    internal const long LongestHeader = 100_000_000;
    private const int LengthBytes = 8;

    /// <summary>Spans of bytes end at 2 GiB: a larger tensor is read in pieces of this size.</summary>
    internal long LargestPiece { get; init; } = 1L << 26;

    public SafetensorsHeader ReadHeader()
    {
        var length = ReadHeaderLength();
        var json = new byte[length];
        stream.ReadExactly(json);
        var header = SafetensorsHeaderParser.Parse(path, json);
        CheckLayout(header);
        return header;
    }

    /// <summary>Reads all tensors into memory, on the CPU. The caller disposes them.</summary>
    public Dictionary<string, Tensor> ReadTensors(SafetensorsHeader header)
    {
        var tensors = new Dictionary<string, Tensor>(header.Tensors.Count, StringComparer.Ordinal);
        try
        {
            foreach (var entry in header.Tensors)
            {
                var tensor = empty(entry.Shape.ToArray(), dtype: entry.Type, device: CPU);
                tensors.Add(entry.Name, tensor);
                Fill(tensor, entry);
            }
        }
        catch
        {
            DisposeAll(tensors.Values);
            throw;
        }

        return tensors;
    }

    public static void DisposeAll(IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }
    }

    private int ReadHeaderLength()
    {
        if (stream.Length < LengthBytes)
        {
            throw Fault($"The file has {stream.Length} bytes; a safetensors file has at least {LengthBytes}.");
        }

        Span<byte> bytes = stackalloc byte[LengthBytes];
        stream.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > LongestHeader)
        {
            throw Fault($"The header is said to have {length} bytes; at most {LongestHeader} are allowed.");
        }

        if (length > (ulong)(stream.Length - LengthBytes))
        {
            throw Fault($"The header is said to have {length} bytes, but the file has {stream.Length} in all: it was cut, or is no safetensors file.");
        }

        return (int)length;
    }

    // Tensors must follow one another without gap or overlap, from the header's end to the file's: then nothing is hidden
    // between them, and all of them together are no larger than the file.
    private void CheckLayout(SafetensorsHeader header)
    {
        var available = stream.Length - header.DataStart;
        long expected = 0;
        foreach (var entry in header.Tensors)
        {
            if (entry.Offset != expected)
            {
                var fault = entry.Offset < expected ? "overlaps the tensor before it" : "leaves a gap behind the tensor before it";
                throw Fault($"The tensor {DisplayText.Quote(entry.Name)} begins at {entry.Offset} and {fault}, which ends at {expected}.");
            }

            if (entry.ByteCount > available - entry.Offset)
            {
                throw Fault($"The tensor {DisplayText.Quote(entry.Name)} needs {entry.ByteCount} bytes from {entry.Offset} on, but the file holds {available} bytes of tensors: it was cut.");
            }

            expected += entry.ByteCount;
        }

        if (expected != available)
        {
            throw Fault($"The tensors end after {expected} bytes, but {available - expected} more bytes follow.");
        }
    }

    private void Fill(Tensor tensor, SafetensorsEntry entry)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.reshape(-1);
        var elementSize = SafetensorsTypes.Size(entry.Type);
        var count = entry.ByteCount / elementSize;
        var most = Math.Max(1, LargestPiece / elementSize);
        for (long start = 0; start < count; start += most)
        {
            using var piece = flat.narrow(0, start, Math.Min(most, count - start));
            stream.ReadExactly(piece.bytes);
            if (entry.Type == ScalarType.Bool)
            {
                CheckBooleans(piece.bytes, entry);
            }
        }
    }

    // Compiled code may rely on a bool being 0 or 1; what other values do is undefined.
    private void CheckBooleans(ReadOnlySpan<byte> bytes, SafetensorsEntry entry)
    {
        if (bytes.ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw Fault($"The tensor {DisplayText.Quote(entry.Name)} is BOOL and holds bytes other than 0 and 1.");
        }
    }

    private CheckpointException Fault(string fault) => new(path, fault);
}
