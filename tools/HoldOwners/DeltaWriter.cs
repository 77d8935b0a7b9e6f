using System.IO.Compression;
using AdversarialKit.Build;

namespace AdversarialKit.HoldOwners;

/// <summary>Writes what <see cref="Delta"/> applies: stretches to copy from the old file, and bytes between them.</summary>
internal static class DeltaWriter
{
    // A stretch costs up to ten bytes to name.
    private const int Shortest = 12;

    public static byte[] Write(byte[] from, byte[] to)
    {
        using var written = new MemoryStream();
        written.Write(Convert.FromHexString(Delta.Hash(from)));
        written.Write(Convert.FromHexString(Delta.Hash(to)));
        using (var packed = new DeflateStream(written, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var writer = new BinaryWriter(packed))
        {
            Write(writer, from, to);
        }

        return written.ToArray();
    }

    private static void Write(BinaryWriter writer, byte[] from, byte[] to)
    {
        var places = Index(from);
        var (at, literal, expected) = (0, 0, 0);
        while (at < to.Length)
        {
            var (place, length) = LongestAt(from, to, at, places, expected);
            if (length < Shortest)
            {
                at++;
                continue;
            }

            Put(writer, to.AsSpan(literal, at - literal), place, length);
            at += length;
            (literal, expected) = (at, place + length);
        }

        Put(writer, to.AsSpan(literal), 0, 0);
    }

    private static void Put(BinaryWriter writer, ReadOnlySpan<byte> literal, int place, int length)
    {
        writer.Write(literal.Length);
        writer.Write(literal);
        writer.Write(place);
        writer.Write(length);
    }

    private static Dictionary<ulong, List<int>> Index(byte[] from)
    {
        var places = new Dictionary<ulong, List<int>>();
        for (var i = 0; i + Shortest <= from.Length; i++)
        {
            var key = BitConverter.ToUInt64(from, i);
            if (!places.TryGetValue(key, out var list))
            {
                places[key] = list = [];
            }

            if (list.Count < 64)
            {
                list.Add(i);
            }
        }

        return places;
    }

    // Where the last stretch ended, a few changed bytes further on, the file most often goes on as before.
    private static (int Place, int Length) LongestAt(byte[] from, byte[] to, int at, Dictionary<ulong, List<int>> places, int expected)
    {
        if (at + Shortest > to.Length)
        {
            return (0, 0);
        }

        var candidates = places.GetValueOrDefault(BitConverter.ToUInt64(to, at), []);
        return candidates.Append(Math.Min(expected + 4, from.Length))
            .Select(place => (place, from.AsSpan(place).CommonPrefixLength(to.AsSpan(at))))
            .MaxBy(found => found.Item2);
    }
}
