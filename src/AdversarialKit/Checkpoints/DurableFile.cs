using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Files that are whole or not there: written beside their place, flushed to the disk, then renamed.</summary>
internal static class DurableFile
{
    /// <summary>Opens a file for reading and reports everything that goes wrong as a fault of that file.</summary>
    public static T Read<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            if (RegularFile.Length(path) == 0)
            {
                throw new CheckpointException(path, "The file is empty, or a pipe or a device; only regular files are read.");
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return read(stream);
        }
        catch (Exception error) when (error is IOException and not CheckpointException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CheckpointException(path, $"The file could not be read. {error.Message}", error);
        }
        catch (Exception error) when (error is ExternalException or OutOfMemoryException)
        {
            throw new CheckpointException(path, "The tensors of the file do not fit into memory.", error);
        }
    }

    /// <summary>Writes a file by way of a temporary one, so that the old content is there until the new one is whole.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        Replace(path, write, CreateFile);
        TemporaryFile.SweepDead(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    public static void Replace(string path, Action<Stream> write, Func<string, Stream> create)
    {
        var full = Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(full)
            ?? throw new CheckpointException(path, "This is a directory, and a file was to be written.");
        var temporary = Path.Combine(directory, TemporaryFile.NewName());
        try
        {
            using (var stream = create(temporary))
            {
                write(stream);
                FlushToDisk(stream);

                // Renamed while it is held, so that nobody takes it for a dead writer's.
                File.Move(temporary, full, overwrite: true);
            }

            SyncDirectory(directory);
        }
        catch (Exception error)
        {
            DeleteQuietly(temporary);
            if (IsOfTheDisk(error))
            {
                throw new CheckpointException(path, $"The file could not be written. {error.Message}", error);
            }

            throw;
        }
    }

    public static Stream CreateFile(string path) => TemporaryFile.Create(path);

    public static void FlushToDisk(Stream stream)
    {
        stream.Flush();
        (stream as FileStream)?.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Makes renames in a directory outlast a power cut, where the system has a call for that. Best effort: the rename
    /// itself is done, and some file systems refuse the call.
    /// </summary>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = DirectorySync.Open(directory, DirectorySync.ReadOnly);
        if (descriptor >= 0)
        {
            _ = DirectorySync.Flush(descriptor);
            _ = DirectorySync.Close(descriptor);
        }
    }

    /// <summary>Deletes a file or directory; what cannot be deleted now is swept by a later write.</summary>
    public static void DeleteQuietly(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
            else
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (IsOfTheDisk(error))
        {
            // It bears a temporary's name, and nothing reads those.
        }
    }

    public static bool IsOfTheDisk(Exception error) =>
        error is IOException and not CheckpointException or UnauthorizedAccessException;
}
