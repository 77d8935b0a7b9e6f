using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AdversarialKit.Tests;

/// <summary>Damage to a file, the same for the same seed.</summary>
internal static partial class Mutation
{
    private static readonly string[] Numbers =
        ["-1", "0", "1", "7", "2147483648", "4294967296", "9223372036854775807", "9223372036854775808", "18446744073709551615", "1e9", "0.5", "null", "\"8\"", "[]", "{}"];

    private static readonly string[] Texts =
        ["../../x", "/etc/passwd", "..\\\\x", "F64", "U8", "BOOL", "", "a\\u0000b", "\\ud800", "con", "x/y", "__metadata__", "data_offsets"];

    /// <param name="valid">The file.</param>
    /// <param name="seed">Which damage.</param>
    /// <param name="isText">Whether the file holds names and numbers to replace, as a header or a manifest does.</param>
    public static byte[] Of(byte[] valid, int seed, bool isText = true)
    {
        var random = new Random(seed);
        return random.Next(isText ? 9 : 7) switch
        {
            0 => valid[..random.Next(valid.Length)],
            1 => Flip(valid, random, 1),
            2 => Flip(valid, random, random.Next(2, 40)),
            3 => Swap(valid, random),
            4 => Length(valid, random),
            5 => [.. valid, .. new byte[random.Next(1, 100)]],
            6 => valid[random.Next(1, valid.Length)..],
            7 => InText(valid, random, NumberPattern(), Numbers),
            _ => InText(valid, random, TextPattern(), Texts),
        };
    }

    private static byte[] Flip(byte[] valid, Random random, int count)
    {
        var bytes = valid.ToArray();
        for (var index = 0; index < count; index++)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    private static byte[] Swap(byte[] valid, Random random)
    {
        var bytes = valid.ToArray();
        var length = random.Next(1, bytes.Length / 3);
        var from = random.Next(bytes.Length - length);
        var to = random.Next(bytes.Length - length);
        valid.AsSpan(from, length).CopyTo(bytes.AsSpan(to));
        return bytes;
    }

    private static byte[] Length(byte[] valid, Random random)
    {
        var bytes = valid.ToArray();
        var length = random.Next(4) switch { 0 => (ulong)random.NextInt64(), 1 => ulong.MaxValue, 2 => 99_999_999UL, _ => (ulong)random.Next(400) };
        BitConverter.TryWriteBytes(bytes, length);
        return bytes;
    }

    // Changes the JSON at one place and, mostly, corrects the header's length, so that the parser gets to see it.
    private static byte[] InText(byte[] valid, Random random, Regex pattern, string[] replacements)
    {
        var isSafetensors = valid[0] != (byte)'{';
        var end = isSafetensors ? 8 + (int)BitConverter.ToUInt64(valid) : valid.Length;
        var start = isSafetensors ? 8 : 0;
        var text = Encoding.UTF8.GetString(valid, start, end - start);
        var matches = pattern.Matches(text);
        var match = matches[random.Next(matches.Count)].Groups[1];
        var replacement = random.Next(3) == 0 ? random.NextInt64().ToString(CultureInfo.InvariantCulture) : replacements[random.Next(replacements.Length)];
        var changed = Encoding.UTF8.GetBytes(text[..match.Index] + replacement + text[(match.Index + match.Length)..]);
        byte[] length = isSafetensors ? BitConverter.GetBytes((ulong)changed.Length) : [];
        return [.. length, .. changed, .. valid[end..]];
    }

    [GeneratedRegex(@"(?<=[\[,:\s])(\d+)(?=[\],\s])")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex TextPattern();
}
