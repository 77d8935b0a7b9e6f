using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AdversarialKit;

/// <summary>Reads and writes a checkpoint's manifest and the check sum beside it.</summary>
internal static class ManifestFile
{
    private const long LongestManifest = 64 << 20;
    private const int LongestSum = 256;

    public static string LibraryVersion { get; } = typeof(ManifestFile).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";

    /// <summary>The two files' content: the manifest, and its sum as <c>sha256sum --check</c> reads it.</summary>
    public static (byte[] Manifest, byte[] Sum) Serialize(CheckpointManifest manifest)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, CheckpointJson.Default.CheckpointManifest);
        return (json, Encoding.ASCII.GetBytes(SumLine(json)));
    }

    /// <summary>Reads a manifest and checks all that it says by itself; the files beside it are not opened.</summary>
    public static CheckpointManifest Read(string directory)
    {
        var path = Path.Combine(directory, CheckpointNames.Manifest);
        var json = ReadSmall(path, LongestManifest);
        ManifestNames.Check(path, json);
        RefuseNewer(path, json);
        var sumPath = Path.Combine(directory, CheckpointNames.ManifestSum);
        if (Encoding.ASCII.GetString(ReadSmall(sumPath, LongestSum)) != SumLine(json))
        {
            throw new CheckpointException(path, $"The manifest does not match its SHA-256 in '{CheckpointNames.ManifestSum}': one of the two was altered or damaged.");
        }

        var manifest = Parse(path, json);
        CheckContent(path, manifest);
        return manifest;
    }

    /// <summary>Reads a file whose length is bounded.</summary>
    public static byte[] ReadSmall(string path, long longest)
    {
        var length = LengthOf(path) ?? throw new CheckpointException(path, "The file is missing.");
        if (length == 0 || length > longest)
        {
            throw new CheckpointException(path, $"The file has {length} bytes; 1 to {longest} are allowed.");
        }

        return DurableFile.Read(path, stream =>
        {
            var bytes = new byte[Math.Min(stream.Length, longest)];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>The length of a regular file behind a path; null where there is none.</summary>
    public static long? LengthOf(string path)
    {
        try
        {
            return RegularFile.Length(path);
        }
        catch (IOException error)
        {
            throw new CheckpointException(path, $"The file could not be read. {error.Message}", error);
        }
    }

    private static string SumLine(byte[] json) =>
        $"{Convert.ToHexString(SHA256.HashData(json)).ToLowerInvariant()}  {CheckpointNames.Manifest}\n";

    // Comes before the check sum: a later version may keep its sums elsewhere, and "damaged" would mislead.
    private static void RefuseNewer(string path, byte[] json)
    {
        try
        {
            if (CheckpointJson.ReadFormat(json) is { FormatVersion: > CheckpointManifest.CurrentFormat } newer)
            {
                throw new CheckpointException(path, $"The checkpoint has format version {newer.FormatVersion}, written by AdversarialKit {DisplayText.Quote(newer.Library ?? "unknown")}. This library, version {LibraryVersion}, reads format version {CheckpointManifest.CurrentFormat}. Update AdversarialKit to load it.");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw NotJson(path, error);
        }
    }

    private static CheckpointManifest Parse(string path, byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointManifest)
                ?? throw new CheckpointException(path, "The manifest is empty.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw NotJson(path, error);
        }
    }

    internal static CheckpointException NotJson(string path, Exception error) =>
        new(path, $"The manifest is not the JSON of a checkpoint. {DisplayText.Message(error)}", error);

    private static void CheckContent(string path, CheckpointManifest manifest)
    {
        if (manifest.FormatVersion != CheckpointManifest.CurrentFormat)
        {
            throw new CheckpointException(path, $"The manifest names the format version {manifest.FormatVersion}; there is only {CheckpointManifest.CurrentFormat}.");
        }

        // The serializer fills in null where the file says null, whatever the type of the property.
        if (manifest.Library is null || manifest.Description is null || manifest.Values is null || manifest.Files is null
            || manifest.Values.Values.Any(value => value is null))
        {
            throw new CheckpointException(path, "The manifest holds null where that is not allowed.");
        }

        CheckCount(path, "iteration", manifest.Iteration);
        CheckCount(path, "sequence", manifest.Sequence);

        var groups = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            CheckFile(path, file);
            if (!groups.Add(file.Group))
            {
                throw new CheckpointException(path, $"The manifest names the group {DisplayText.Quote(file.Group)} twice.");
            }
        }
    }

    private static void CheckCount(string path, string name, long value)
    {
        if (!StateRange.IsCount(value))
        {
            throw new CheckpointException(path, string.Create(CultureInfo.InvariantCulture, $"The manifest's '{name}' is {value}; a count is from 0 to {StateRange.MostCounted}."));
        }
    }

    private static void CheckFile(string path, CheckpointFile? file)
    {
        if (file?.Group is null || file.Sha256 is null || file.Tensors is null || file.Length < 0
            || file.Tensors.Any(tensor => tensor?.Name is null || tensor.Type is null || tensor.Shape is null))
        {
            throw new CheckpointException(path, "The manifest describes a file incompletely.");
        }

        if (!CheckpointNames.IsGroup(file.Group))
        {
            throw new CheckpointException(path, $"The manifest names the group {DisplayText.Quote(file.Group)}; a group has 1 to 64 lower-case letters, digits and hyphens, and no path.");
        }
    }
}
