using System.Globalization;
using System.Security.Cryptography;

namespace AdversarialKit;

/// <summary>Writes the files of one checkpoint into a directory and flushes them to the disk.</summary>
internal sealed class CheckpointWriter(TimeProvider clock, Func<string, Stream> create)
{
    /// <summary>Finds what cannot be saved before anything is written.</summary>
    public static void Check(CheckpointContent content)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(content.Iteration);
        foreach (var (group, tensors) in content.Groups)
        {
            if (!CheckpointNames.IsGroup(group))
            {
                throw new ArgumentException($"The group {DisplayText.Quote(group)} cannot name a file; a group has 1 to 64 lower-case letters, digits and hyphens.", nameof(content));
            }

            SafetensorsWriter.Layout(tensors);
        }
    }

    public void Write(string directory, CheckpointContent content, long sequence)
    {
        var files = new List<CheckpointFile>(content.Groups.Count);
        foreach (var (group, tensors) in content.Groups.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            files.Add(WriteGroup(directory, group, tensors, content.Iteration));
        }

        var (manifest, sum) = ManifestFile.Serialize(Describe(content, sequence, files));
        WriteFile(Path.Combine(directory, CheckpointNames.Manifest), manifest);
        WriteFile(Path.Combine(directory, CheckpointNames.ManifestSum), sum);
        DurableFile.SyncDirectory(directory);
    }

    private CheckpointManifest Describe(CheckpointContent content, long sequence, IReadOnlyList<CheckpointFile> files) => new()
    {
        FormatVersion = CheckpointManifest.CurrentFormat,
        Library = ManifestFile.LibraryVersion,
        Created = clock.GetUtcNow(),
        Sequence = sequence,
        Iteration = content.Iteration,
        Description = content.Description,
        Metric = content.Metric is { } metric && double.IsFinite(metric) ? metric : null,
        Files = files,
        Values = new SortedDictionary<string, string>(content.Values.ToDictionary(), StringComparer.Ordinal),
    };

    private CheckpointFile WriteGroup(
        string directory, string group, IReadOnlyDictionary<string, Tensor> tensors, long iteration)
    {
        // "pt" tells Python's loaders that the tensors are PyTorch's.
        var metadata = new Dictionary<string, string>
        {
            ["format"] = "pt",
            ["iteration"] = iteration.ToString(CultureInfo.InvariantCulture),
            ["library"] = $"AdversarialKit {ManifestFile.LibraryVersion}",
        };
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = create(Path.Combine(directory, group + CheckpointNames.TensorFileExtension));
        var writer = new SafetensorsWriter(stream) { Hash = hash };
        var entries = writer.Write(tensors, metadata);
        DurableFile.FlushToDisk(stream);
        return new CheckpointFile
        {
            Group = group,
            Length = writer.Written,
            Sha256 = Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(),
            Tensors = [.. entries.Select(CheckpointTensor.Of)],
        };
    }

    private void WriteFile(string path, byte[] content)
    {
        using var stream = create(path);
        stream.Write(content);
        DurableFile.FlushToDisk(stream);
    }
}
