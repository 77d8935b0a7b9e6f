using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AdversarialKit;

/// <summary>Reads an IDX file piece by piece, and knows how to say what is wrong where.</summary>
internal sealed class IdxInput : IDisposable
{
    // Deflate cannot pack more than this many bytes into one, so a short file cannot claim a huge content.
    private const long GreatestCompression = 1032;

    // MNIST's largest relatives have under a million items; a broken header should not ask for gigabytes.
    private const int GreatestCount = 2_000_000;

    private const int AtOnce = 1 << 20;

    private readonly string _path;
    private readonly CancellationToken _token;
    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly bool _compressed;
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _offset;

    public IdxInput(string path, CancellationToken token)
    {
        (_path, _token) = (path, token);
        _file = InputFile.Open(path);
        _compressed = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
        _file.Position = 0;
        _content = _compressed ? new WholeGzipStream(_file) : _file;
    }

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
        _digest.Dispose();
    }

    /// <summary>Reads a number that can only be <paramref name="expected"/>.</summary>
    public void Expect(int expected, string meaning)
    {
        var found = ReadNumber(meaning);
        if (found != expected)
        {
            var (want, have) = meaning.StartsWith("the magic", StringComparison.Ordinal)
                ? ($"0x{expected:X8}", $"0x{found:X8}")
                : ($"{expected}", $"{found}");
            throw Fault(_offset - sizeof(int), $"expected {want}, {meaning}, but found {have}");
        }
    }

    /// <summary>Reads how many items there are, which may be known.</summary>
    public int ReadCount(int? expected)
    {
        var count = ReadNumber("the number of items");
        if (expected is { } known && count != known)
        {
            throw new InvalidDataException($"{_path}: at byte {_offset - sizeof(int)}: expected {known} items, but found {count}.");
        }

        return count is >= 1 and <= GreatestCount
            ? count
            : throw Fault(_offset - sizeof(int), $"expected the number of items, 1 to {GreatestCount}, but found {count}");
    }

    /// <summary>Refuses, before memory is taken, a file that cannot hold <paramref name="size"/> more bytes.</summary>
    public void CheckRemaining(long size)
    {
        var most = _compressed ? _file.Length * GreatestCompression : _file.Length;
        if (_offset + size > most)
        {
            throw Fault(most, $"expected {_offset + size} bytes in all, but the file has {(_compressed ? "at most " : "")}{most}");
        }
    }

    /// <summary>Fills <paramref name="target"/>, reads so many bytes behind it, and makes sure that nothing follows.</summary>
    public void ReadRest(Span<byte> target, long behind)
    {
        var expectation = $"{_offset + target.Length + behind} bytes in all";
        Fill(target, expectation);
        var passed = new byte[Math.Min(behind, AtOnce)];
        for (long left = behind; left > 0; left -= Math.Min(left, AtOnce))
        {
            Fill(passed.AsSpan(0, (int)Math.Min(left, AtOnce)), expectation);
        }

        Span<byte> beyond = stackalloc byte[1];
        if (ReadSome(beyond) > 0)
        {
            throw Fault(_offset, "expected the end of the file, but more bytes follow");
        }
    }

    /// <summary>Digest of everything read, lower-case hexadecimal.</summary>
    public string Sha256() => Convert.ToHexString(_digest.GetCurrentHash()).ToLowerInvariant();

    private int ReadNumber(string meaning)
    {
        Span<byte> word = stackalloc byte[sizeof(int)];
        Fill(word, meaning);
        return BinaryPrimitives.ReadInt32BigEndian(word);
    }

    private void Fill(Span<byte> target, string expectation)
    {
        while (!target.IsEmpty)
        {
            var read = ReadSome(target);
            if (read == 0)
            {
                throw Fault(_offset, $"expected {expectation}, but the file ends there");
            }

            _digest.AppendData(target[..read]);
            _offset += read;
            target = target[read..];
        }
    }

    private int ReadSome(Span<byte> target)
    {
        try
        {
            _token.ThrowIfCancellationRequested();
            return _content.Read(target[..Math.Min(target.Length, AtOnce)]);
        }
        catch (InvalidDataException broken)
        {
            throw Fault(_offset, $"expected a sound gzip stream, but it is broken or cut off ({broken.Message.TrimEnd('.')})");
        }
    }

    private InvalidDataException Fault(long offset, string what) =>
        new($"{_path}: at byte {offset}{(_compressed ? " of the decompressed content" : "")}: {what}.");
}
