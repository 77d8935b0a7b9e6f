using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>The content of a file in native memory, read in one go; the file is closed again at once.</summary>
internal sealed unsafe class FileBytes : IDisposable
{
    private byte* _bytes;

    private FileBytes(long length)
    {
        Length = (int)length;
        _bytes = (byte*)NativeMemory.Alloc((nuint)Math.Max(length, 1));
    }

    public int Length { get; }

    public nint Address => (nint)_bytes;

    public Span<byte> Span => new(_bytes, Length);

    /// <exception cref="ImageFileException">The file is gone, empty, too large, or cannot be read.</exception>
    public static FileBytes Read(string path, long mostBytes)
    {
        try
        {
            RequireContent(path);
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(file);
            if (length > mostBytes)
            {
                throw new ImageFileException(
                    path, FormattableString.Invariant($"has {length} bytes, more than the {mostBytes} that the largest picture allowed here can take"));
            }

            var bytes = new FileBytes(length);
            bytes.Fill(file, path);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ImageFileException(path, "is gone; it was there when the folder was read", error);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not ImageFileException))
        {
            throw new ImageFileException(path, $"cannot be read ({error.Message.TrimEnd('.')})", error);
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        GC.SuppressFinalize(this);
    }

    ~FileBytes() => NativeMemory.Free(_bytes);

    // Opening a pipe waits for somebody who writes to it, and a device may never end; neither has a length.
    private static void RequireContent(string path)
    {
        var file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        if (file.Exists && file.Length == 0)
        {
            throw new ImageFileException(path, "is empty, or a pipe or device");
        }
    }

    private void Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path)
    {
        for (var offset = 0; offset < Length;)
        {
            var read = RandomAccess.Read(file, Span[offset..], offset);
            if (read == 0)
            {
                Dispose();
                throw new ImageFileException(path, "became shorter while it was read");
            }

            offset += read;
        }
    }
}
