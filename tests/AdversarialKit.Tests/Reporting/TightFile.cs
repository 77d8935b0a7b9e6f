namespace AdversarialKit.Tests.Reporting;

/// <summary>A file on a disk with so many bytes left, which may get more or lose them.</summary>
internal sealed class TightFile(string path) : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0)
{
    public long Room { get; set; } = long.MaxValue;

    /// <summary>Whether not even shortening it works.</summary>
    public bool IsStuck { get; set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > Room)
        {
            // As a real disk does it: what fits is written.
            base.Write(buffer[..(int)Room]);
            Room = 0;
            throw new IOException("No space left on device");
        }

        base.Write(buffer);
        Room -= buffer.Length;
    }

    public override void SetLength(long value)
    {
        if (IsStuck)
        {
            throw new IOException("Input/output error");
        }

        base.SetLength(value);
    }
}
