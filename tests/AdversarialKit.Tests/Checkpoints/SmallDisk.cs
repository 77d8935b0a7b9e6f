namespace AdversarialKit.Tests;

/// <summary>A disk with so many bytes left, for all files together.</summary>
internal sealed class SmallDisk(long left)
{
    private long _left = left;

    public Stream Create(string path) => new FullStream(this, path);

    private sealed class FullStream(SmallDisk disk, string path) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            disk._left -= buffer.Length;
            if (disk._left < 0)
            {
                // As a real disk does it: a part is written.
                base.Write(buffer[..Math.Max(0, buffer.Length / 2)]);
                throw new IOException("No space left on device");
            }

            base.Write(buffer);
        }
    }
}
