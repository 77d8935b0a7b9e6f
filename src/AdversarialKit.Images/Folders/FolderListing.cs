using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AdversarialKit;

/// <summary>The files of a folder that are pictures by their endings, in an order that no file system has a say in.</summary>
/// <param name="Root">The folder.</param>
/// <param name="Names">Paths below it, with slashes, ordered by their code units.</param>
internal sealed record FolderListing(string Root, IReadOnlyList<string> Names)
{
    private static readonly string[] _endings = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"];

    /// <summary>Reads the folder and all below it. What begins with a dot is passed over, as every tool that leaves such files means it.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">It holds no pictures.</exception>
    public static FolderListing Read(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException(
                File.Exists(root) ? $"'{root}' is a file; a folder of pictures is needed." : $"There is no folder '{root}'.");
        }

        var names = new List<string>();
        Collect(new DirectoryInfo(root), "", [], names);
        names.Sort(StringComparer.Ordinal);
        return names.Count > 0
            ? new FolderListing(root, names)
            : throw new ArgumentException(
                $"The folder '{root}' and the folders below it hold no pictures: no file ends in {string.Join(", ", _endings[..^1])} or {_endings[^1]}.",
                nameof(root));
    }

    public string PathOf(int index) => Path.Combine(Root, Names[index]);

    /// <summary>A number that differs where names do, so that a state finds out whether it belongs to these files.</summary>
    public long Digest() =>
        BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Names))));

    // A link to a folder that holds it would be followed for ever; any other link is as good as the folder itself.
    private static void Collect(DirectoryInfo folder, string prefix, HashSet<string> above, List<string> names)
    {
        var real = folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
        if (!above.Add(real))
        {
            return;
        }

        foreach (var entry in folder.EnumerateFileSystemInfos().Where(entry => !entry.Name.StartsWith('.')))
        {
            if (entry is DirectoryInfo below)
            {
                Collect(below, $"{prefix}{entry.Name}/", above, names);
            }
            else if (_endings.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
            {
                names.Add(prefix + entry.Name);
            }
        }

        above.Remove(real);
    }
}
