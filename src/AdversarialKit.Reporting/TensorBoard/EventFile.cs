using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// An event file of TensorBoard: TFRecords (length, its checksum, data, its checksum), each an Event in the wire format
/// of Protocol Buffers. The field numbers are those of tensorboard/compat/proto/event.proto and summary.proto.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const int RedGreenBlueAlpha = 4;
    private const int StringType = 7;
    private const int SessionStart = 1;
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly WholeRecords _records;

    public EventFile(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"events.out.tfevents.{DateTimeOffset.UtcNow.ToUnixTimeSeconds():D10}.{Environment.MachineName}.{Environment.ProcessId}.");
        Path = FreePath(System.IO.Path.Combine(folder, name));
        // Without a buffer, an event is with the operating system at once, from where TensorBoard reads it.
        _records = new WholeRecords(new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0));
        Write(new ProtoMessage().Double(1, Now).Text(3, "brain.Event:2"));
    }

    public string Path { get; }

    private static double Now => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>Says where a run begins: TensorBoard then hides what an earlier file has from there on.</summary>
    public void WriteStart(long iteration) =>
        Write(Event(iteration).Message(7, new ProtoMessage().Integer(1, SessionStart)));

    public void WriteScalars(long iteration, IEnumerable<(string Tag, double Value)> scalars)
    {
        var summary = new ProtoMessage();
        foreach (var (tag, value) in scalars)
        {
            summary.Message(1, new ProtoMessage().Text(1, tag).Float(2, (float)value));
        }

        Write(Event(iteration).Message(5, summary));
    }

    public void WriteImage(long iteration, string tag, SheetImage image)
    {
        var content = new ProtoMessage().Integer(1, image.Height).Integer(2, image.Width).Integer(3, RedGreenBlueAlpha).Bytes(4, image.Png);
        Write(Event(iteration).Message(5, new ProtoMessage().Message(1, new ProtoMessage().Text(1, tag).Message(4, content))));
    }

    /// <summary>Writes a text, which TensorBoard takes for Markdown.</summary>
    public void WriteText(long iteration, string tag, string text)
    {
        var shape = new ProtoMessage().Message(2, new ProtoMessage().Integer(1, 1));
        var tensor = new ProtoMessage().Integer(1, StringType).Message(2, shape).Text(8, text);
        var metadata = new ProtoMessage().Message(1, new ProtoMessage().Text(1, "text"));
        var value = new ProtoMessage().Text(1, tag).Message(8, tensor).Message(9, metadata);
        Write(Event(iteration).Message(5, new ProtoMessage().Message(1, value)));
    }

    public void Dispose() => _records.Dispose();

    private static ProtoMessage Event(long iteration) => new ProtoMessage().Double(1, Now).Integer(2, iteration);

    private static string FreePath(string prefix)
    {
        for (var i = 0; ; i++)
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"{prefix}{i}");
            if (!File.Exists(path))
            {
                return path;
            }
        }
    }

    private void Write(ProtoMessage message)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)message.Content.Length);
        _record.ResetWrittenCount();
        AddChecked(length);
        AddChecked(message.Content);
        _records.Append(_record.WrittenSpan);
    }

    private void AddChecked(ReadOnlySpan<byte> data)
    {
        _record.Write(data);
        BinaryPrimitives.WriteUInt32LittleEndian(_record.GetSpan(sizeof(uint)), Crc32C.Masked(data));
        _record.Advance(sizeof(uint));
    }
}
