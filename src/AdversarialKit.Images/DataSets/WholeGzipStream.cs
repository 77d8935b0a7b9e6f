using System.IO.Compression;

namespace AdversarialKit;

/// <summary>
/// The content of a gzip file whose end counts. .NET's own stream takes a file that is cut in its last eight bytes, check
/// sum and length, for whole. So a seal is put behind the file, as one more gzip member, which can be read only if the
/// file's own last member ended rightly, and is held back from the content.
/// </summary>
internal sealed class WholeGzipStream : ReadingStream
{
    private static readonly byte[] _seal = [0x9D, 0x41, 0xE7, 0x08, 0x5B, 0xF3, 0x26, 0xAC];
    private static readonly byte[] _sealedMember = Compressed(_seal);

    private readonly GZipStream _gzip;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <param name="file">The file from its start; remains the caller's.</param>
    public WholeGzipStream(Stream file) => _gzip = new GZipStream(new TailedStream(file, _sealedMember), CompressionMode.Decompress);

    private Span<byte> Held => _buffer.AsSpan(_start, _end - _start);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is broken, or was cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (Held.Length <= _seal.Length)
        {
            Held.CopyTo(_buffer);
            (_start, _end) = (0, Held.Length);
            var read = _gzip.Read(_buffer.AsSpan(_end));
            if (read == 0)
            {
                return Held.SequenceEqual(_seal) ? 0 : throw new InvalidDataException("The end of the file is missing, or is no gzip.");
            }

            _end += read;
        }

        var count = Math.Min(buffer.Length, Held.Length - _seal.Length);
        Held[..count].CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compressed(byte[] content)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.NoCompression, leaveOpen: true))
        {
            zip.Write(content);
        }

        return target.ToArray();
    }
}
