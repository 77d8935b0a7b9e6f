using System.Security.Cryptography;

namespace AdversarialKit;

/// <summary>A checkpoint on the disk that was verified: every file has the length, the SHA-256 and the header that the manifest states.</summary>
internal sealed class Checkpoint
{
    private Checkpoint(string directory, CheckpointManifest manifest)
    {
        DirectoryPath = directory;
        Manifest = manifest;
    }

    public string DirectoryPath { get; }

    public CheckpointManifest Manifest { get; }

    /// <summary>The newer checkpoints that were passed over, and why; empty unless falling back was asked for.</summary>
    public IReadOnlyList<CheckpointException> Skipped { get; private init; } = [];

    /// <summary>Opens and verifies a checkpoint, all of it.</summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>.</param>
    /// <exception cref="CheckpointException">There is none, or it is faulty, or of a newer version.</exception>
    public static Checkpoint Open(string path) => Verify(Resolve(path));

    /// <summary>Opens what <c>latest</c> names, or else the newest checkpoint that is whole.</summary>
    /// <param name="root">The directory that holds the checkpoints.</param>
    /// <exception cref="CheckpointException">None is whole. The message names the fault of each.</exception>
    public static Checkpoint OpenNewestWhole(string root)
    {
        root = Path.GetFullPath(root);
        var faults = new List<CheckpointException>();
        string? latest = null;
        try
        {
            latest = Resolve(root);
            return Verify(latest);
        }
        catch (CheckpointException fault)
        {
            faults.Add(fault);
        }

        return OpenNewestBut(root, latest, faults)
            ?? throw new CheckpointException(root, "No checkpoint here is whole:" + string.Concat(faults.Select(fault => $"{Environment.NewLine}- {fault.Message}")), faults[0]);
    }

    private static Checkpoint? OpenNewestBut(string root, string? latest, List<CheckpointException> faults)
    {
        var unreadable = new List<CheckpointException>();
        var candidates = CheckpointListing.NewestFirst(root, unreadable);
        faults.AddRange(unreadable.Where(fault => Path.GetDirectoryName(fault.FilePath) != latest));
        foreach (var (directory, _) in candidates.Where(candidate => candidate.Directory != latest))
        {
            try
            {
                return new Checkpoint(directory, Verify(directory).Manifest) { Skipped = faults };
            }
            catch (CheckpointException fault)
            {
                faults.Add(fault);
            }
        }

        return null;
    }

    public bool Has(string group) => Manifest.Files.Any(file => file.Group == group);

    /// <summary>Reads a group's tensors into memory, on the CPU, and verifies the file again. The caller disposes them.</summary>
    /// <exception cref="CheckpointException">The checkpoint has no such group, or its file changed since the checkpoint was opened.</exception>
    public Dictionary<string, Tensor> Load(string group)
    {
        var file = Manifest.Files.FirstOrDefault(file => file.Group == group)
            ?? throw new CheckpointException(DirectoryPath, $"The checkpoint has no group {DisplayText.Quote(group)}; it has {string.Join(", ", Manifest.Files.Select(known => known.Group))}.");
        return ReadVerified(DirectoryPath, file, (reader, header) => reader.ReadTensors(header));
    }

    /// <summary>The checkpoint's directory that a path stands for now, unread.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public static string Resolve(string path)
    {
        if (File.Exists(path))
        {
            CheckpointPointer.ThrowIfPartOfACheckpoint(path);
            return CheckpointPointer.Resolve(path);
        }

        if (!Directory.Exists(path))
        {
            throw new CheckpointException(path, "There is no such checkpoint.");
        }

        if (File.Exists(Path.Combine(path, CheckpointNames.Manifest)))
        {
            return Path.GetFullPath(path);
        }

        var latest = Path.Combine(path, CheckpointNames.Latest);
        return File.Exists(latest)
            ? CheckpointPointer.Resolve(latest)
            : throw new CheckpointException(path, $"This directory is no checkpoint, which would hold '{CheckpointNames.Manifest}', and no root of checkpoints, which would hold '{CheckpointNames.Latest}'.");
    }

    private static Checkpoint Verify(string directory)
    {
        var manifest = ManifestFile.Read(directory);
        foreach (var file in manifest.Files)
        {
            ReadVerified(directory, file, (_, _) => true);
        }

        return new Checkpoint(directory, manifest);
    }

    // Verifying and reading share one open file, so that what is read is what was verified.
    private static T ReadVerified<T>(string directory, CheckpointFile file, Func<SafetensorsReader, SafetensorsHeader, T> read)
    {
        var path = Path.Combine(directory, file.Group + CheckpointNames.TensorFileExtension);
        CheckLength(path, file.Length);
        return DurableFile.Read(path, stream =>
        {
            if (!Convert.ToHexString(SHA256.HashData(stream)).Equals(file.Sha256, StringComparison.OrdinalIgnoreCase))
            {
                throw new CheckpointException(path, "The file does not match the SHA-256 in the manifest: it was altered or damaged.");
            }

            stream.Position = 0;
            var reader = new SafetensorsReader(path, stream);
            var header = reader.ReadHeader();
            CheckHeader(path, file, header);
            return read(reader, header);
        });
    }

    private static void CheckLength(string path, long expected)
    {
        var length = ManifestFile.LengthOf(path)
            ?? throw new CheckpointException(path, "The file is missing, although the manifest names it.");
        if (length != expected)
        {
            throw new CheckpointException(path, $"The file has {length} bytes, and {expected} by the manifest: it was cut or replaced.");
        }
    }

    private static void CheckHeader(string path, CheckpointFile file, SafetensorsHeader header)
    {
        // The reader orders by offset, and by name where empty tensors share one; the manifest keeps the writer's order.
        var noted = file.Tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal);
        var found = header.Tensors.OrderBy(entry => entry.Name, StringComparer.Ordinal);
        if (file.Tensors.Count != header.Tensors.Count || !noted.Zip(found).All(pair => pair.First.Fits(pair.Second)))
        {
            throw new CheckpointException(path, "The names, types or shapes of the tensors differ from those in the manifest.");
        }
    }
}
