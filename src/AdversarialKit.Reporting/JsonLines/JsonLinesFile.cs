using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdversarialKit;

/// <summary>A file of JSON objects, one a line, each handed to the operating system as a whole.</summary>
internal sealed class JsonLinesFile : IDisposable
{
    private const byte LineEnd = (byte)'\n';
    private const int Opening = '{';
    private readonly WriterLock _lock;
    private readonly WholeRecords _records;
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Opens a file to append to it, and removes what a crash left unfinished at its end.</summary>
    /// <param name="path">The file. Its folder is made.</param>
    /// <param name="open">Opens it; tests let the disk be full.</param>
    public JsonLinesFile(string path, Func<string, Stream> open)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        _lock = WriterLock.TryTake(WriterLock.Beside(path)) ?? throw new IOException(
            $"'{path}' is being written by another run, from this process or another one. Give every run a log of its own.");
        Stream stream;
        try
        {
            stream = open(path);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }

        // No browser reads this as part of a page; a person shall read "->" in it.
        _json = new Utf8JsonWriter(_line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        try
        {
            stream.SetLength(WholeLines(stream, path));
            _records = new WholeRecords(stream);
        }
        catch (IOException)
        {
            _json.Dispose();
            stream.Dispose();
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file that this process alone writes to; without a buffer, a line is passed on at once.</summary>
    public static Stream Open(string path) => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);

    /// <summary>Writes an object; <paramref name="fill"/> adds its properties.</summary>
    /// <exception cref="IOException">It could not be written; the lines before it are as they were.</exception>
    public void Write(Action<Utf8JsonWriter> fill)
    {
        _line.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        fill(_json);
        _json.WriteEndObject();
        _json.Flush();
        _line.Write([LineEnd]);
        _records.Append(_line.WrittenSpan);
    }

    /// <summary>Waits until everything is on the disk, where a power cut leaves it.</summary>
    public void Sync() => _records.Sync();

    public void Dispose()
    {
        _json.Dispose();
        _records.Dispose();
        _lock.Dispose();
    }

    /// <summary>The length without a last line that is not whole. A file that is no such log is left as it is.</summary>
    private static long WholeLines(Stream stream, string path)
    {
        var end = stream.Length;
        if (end == 0)
        {
            return 0;
        }

        var start = LineStart(stream, end);
        if (IsWhole(stream, start, end))
        {
            return end;
        }

        if (start == 0 ? FirstByte(stream) is Opening or 0 : IsWhole(stream, LineStart(stream, start), start))
        {
            return start;
        }

        throw new IOException($"'{path}' exists and does not hold a JSON object a line, so the log was not appended to it. Give the log a path of its own.");
    }

    private static int FirstByte(Stream stream)
    {
        stream.Position = 0;
        return stream.ReadByte();
    }

    /// <summary>Where the line begins whose end, newline included, is <paramref name="end"/>.</summary>
    private static long LineStart(Stream stream, long end)
    {
        var buffer = new byte[4096];
        var searched = end - 1;
        while (searched > 0)
        {
            var length = (int)Math.Min(buffer.Length, searched);
            stream.Position = searched - length;
            stream.ReadExactly(buffer, 0, length);
            var found = buffer.AsSpan(0, length).LastIndexOf(LineEnd);
            if (found >= 0)
            {
                return searched - length + found + 1;
            }

            searched -= length;
        }

        return 0;
    }

    private static bool IsWhole(Stream stream, long start, long end)
    {
        var line = new byte[end - start];
        stream.Position = start;
        stream.ReadExactly(line);
        if (line[^1] != LineEnd)
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
