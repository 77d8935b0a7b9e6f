using System.Buffers.Binary;
using System.Text;

namespace AdversarialKit.Tests.Reporting;

/// <summary>Reads event files by the formats' rules alone, with a checksum worked out bit by bit.</summary>
internal static class EventFileReader
{
    public sealed record Value(string Tag, float? Scalar, byte[]? Image, string? Text);

    public sealed record Event(double Time, long Step, string? Version, bool Starts, IReadOnlyList<Value> Values);

    public static List<Event> Read(string path)
    {
        var data = File.ReadAllBytes(path);
        List<Event> events = [];
        for (var at = 0; at < data.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(at));
            CheckSum(data.AsSpan(at, 8), data.AsSpan(at + 8));
            CheckSum(data.AsSpan(at + 12, length), data.AsSpan(at + 12 + length));
            events.Add(ReadEvent(data.AsMemory(at + 12, length)));
            at += 16 + length;
        }

        return events;
    }

    private static void CheckSum(ReadOnlySpan<byte> data, ReadOnlySpan<byte> stored)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82f63b78);
            }
        }

        crc = ~crc;
        var masked = ((crc >> 15) | (crc << 17)) + 0xa282ead8;
        BinaryPrimitives.ReadUInt32LittleEndian(stored).Should().Be(masked);
    }

    private static Event ReadEvent(ReadOnlyMemory<byte> data)
    {
        var fields = Fields(data);
        var summary = fields.Where(f => f.Number == 5).SelectMany(f => Fields(f.Bytes)).Select(f => ReadValue(f.Bytes)).ToArray();
        var starts = fields.Where(f => f.Number == 7).SelectMany(f => Fields(f.Bytes)).Any(f => f is { Number: 1, Integer: 1 });
        return new Event(
            BinaryPrimitives.ReadDoubleLittleEndian(fields.Single(f => f.Number == 1).Bytes.Span),
            fields.Where(f => f.Number == 2).Select(f => f.Integer).SingleOrDefault(),
            fields.Where(f => f.Number == 3).Select(f => Utf8(f.Bytes)).SingleOrDefault(),
            starts,
            summary);
    }

    private static Value ReadValue(ReadOnlyMemory<byte> data)
    {
        var fields = Fields(data);
        ReadOnlyMemory<byte>? Find(int number) => fields.Where(f => f.Number == number).Select(f => (ReadOnlyMemory<byte>?)f.Bytes).SingleOrDefault();
        return new Value(
            Utf8(Find(1)!.Value),
            Find(2) is { } scalar ? BinaryPrimitives.ReadSingleLittleEndian(scalar.Span) : null,
            Find(4) is { } image ? Fields(image).Single(f => f.Number == 4).Bytes.ToArray() : null,
            Find(8) is { } tensor ? Utf8(Fields(tensor).Single(f => f.Number == 8).Bytes) : null);
    }

    private static string Utf8(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static List<(int Number, long Integer, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> data)
    {
        List<(int, long, ReadOnlyMemory<byte>)> fields = [];
        for (var at = 0; at < data.Length;)
        {
            var key = Varint(data.Span, ref at);
            var integer = (key & 7) == 0 ? Varint(data.Span, ref at) : 0;
            var length = (key & 7) switch { 0 => 0, 1 => 8, 5 => 4, _ => (int)Varint(data.Span, ref at) };
            fields.Add(((int)(key >> 3), integer, data.Slice(at, length)));
            at += length;
        }

        return fields;
    }

    private static long Varint(ReadOnlySpan<byte> data, ref int at)
    {
        var value = 0L;
        for (var shift = 0; ; shift += 7)
        {
            var part = data[at++];
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
