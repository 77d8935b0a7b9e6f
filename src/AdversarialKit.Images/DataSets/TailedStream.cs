namespace AdversarialKit;

/// <summary>A stream and some bytes behind it. The stream remains the caller's.</summary>
internal sealed class TailedStream(Stream stream, byte[] tail) : ReadingStream
{
    private int _taken;

    public override int Read(Span<byte> buffer)
    {
        var read = _taken == 0 ? stream.Read(buffer) : 0;
        if (read == 0 && !buffer.IsEmpty)
        {
            read = Math.Min(buffer.Length, tail.Length - _taken);
            tail.AsSpan(_taken, read).CopyTo(buffer);
            _taken += read;
        }

        return read;
    }
}
