using System.Globalization;
using System.Text.RegularExpressions;

namespace AdversarialKit;

/// <summary>The names of files and directories below a checkpoint root, and the only ones that are ever read or deleted there.</summary>
internal static partial class CheckpointNames
{
    public const string Manifest = "manifest.json";
    public const string ManifestSum = "manifest.json.sha256";
    public const string Latest = "latest";
    public const string Best = "best";
    public const string Lock = ".adversarialkit.lock";
    public const string TensorFileExtension = ".safetensors";

    /// <summary>Such as <c>iteration-000000012000</c>; a second one of the same iteration ends in <c>.2</c>.</summary>
    public static string Directory(long iteration, int revision) => revision == 1
        ? string.Create(CultureInfo.InvariantCulture, $"iteration-{iteration:D12}")
        : string.Create(CultureInfo.InvariantCulture, $"iteration-{iteration:D12}.{revision}");

    public static bool IsDirectory(string name) => DirectoryPattern().IsMatch(name);

    public static bool IsGroup(string name) => GroupPattern().IsMatch(name);

    [GeneratedRegex(@"^iteration-[0-9]{12,19}(\.[0-9]{1,9})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex DirectoryPattern();

    // A group names a file: no separators and no dots, nor what Windows takes for a device.
    [GeneratedRegex(@"^(?!(con|prn|aux|nul|com[0-9]|lpt[0-9])\z)[a-z0-9][a-z0-9-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex GroupPattern();
}
