using System.Text;

namespace AdversarialKit;

/// <summary>A small text file that names a checkpoint beside it: <c>latest</c> or <c>best</c>.</summary>
internal static class CheckpointPointer
{
    private const int Longest = 256;

    /// <summary>The directory that a pointer names; it is looked up beside the pointer and nowhere else.</summary>
    public static string Resolve(string pointerPath)
    {
        var name = Encoding.UTF8.GetString(ManifestFile.ReadSmall(pointerPath, Longest)).TrimEnd('\r', '\n');
        if (!CheckpointNames.IsDirectory(name))
        {
            throw new CheckpointException(pointerPath, $"The file must name a checkpoint beside it, such as '{CheckpointNames.Directory(1000, 1)}', but holds {DisplayText.Quote(name)}.");
        }

        var directory = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(pointerPath))!, name);
        return Directory.Exists(directory)
            ? directory
            : throw new CheckpointException(pointerPath, $"The file names {DisplayText.Quote(name)}, and that directory is missing.");
    }

    /// <summary>Tells who gives a file of a checkpoint, or one of tensors alone, what is wanted instead.</summary>
    public static void ThrowIfPartOfACheckpoint(string path)
    {
        var name = Path.GetFileName(path);
        var isTensors = name.EndsWith(CheckpointNames.TensorFileExtension, StringComparison.OrdinalIgnoreCase);
        if (!isTensors && name is not (CheckpointNames.Manifest or CheckpointNames.ManifestSum))
        {
            return;
        }

        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        throw new CheckpointException(path, File.Exists(Path.Combine(directory, CheckpointNames.Manifest))
            ? $"This is a file of the checkpoint that is its directory; name that: {DisplayText.Quote(directory)}."
            : "This is a file of tensors and no checkpoint, which is a directory with a manifest. Read it with Safetensors.Load.");
    }

    /// <summary>The directory that a pointer names, or null if the pointer is missing or faulty.</summary>
    public static string? TryResolve(string pointerPath)
    {
        try
        {
            return Resolve(pointerPath);
        }
        catch (CheckpointException)
        {
            return null;
        }
    }

    public static void Write(string pointerPath, string directory, Func<string, Stream> create) =>
        DurableFile.Replace(pointerPath, stream => stream.Write(Encoding.UTF8.GetBytes(Path.GetFileName(directory) + "\n")), create);
}
