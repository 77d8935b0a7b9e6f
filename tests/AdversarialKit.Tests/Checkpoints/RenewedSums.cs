using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AdversarialKit.Tests;

/// <summary>Makes sums fit again what was altered, as whoever means harm does.</summary>
internal static class RenewedSums
{
    /// <summary>Replaces a manifest, with the sum beside it.</summary>
    public static void OfManifest(string directory, string manifest)
    {
        File.WriteAllText(Path.Combine(directory, "manifest.json"), manifest);
        File.WriteAllText(
            Path.Combine(directory, "manifest.json.sha256"),
            $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(manifest)))}  manifest.json\n");
    }

    /// <summary>Notes in the manifest the length and the sum that a group's file now has.</summary>
    public static void OfFile(string directory, string group)
    {
        var bytes = File.ReadAllBytes(Path.Combine(directory, group + ".safetensors"));
        var manifest = File.ReadAllText(Path.Combine(directory, "manifest.json"));
        var pattern = new Regex($"(\"group\": \"{group}\",\\s*\"length\": )[0-9]+(,\\s*\"sha256\": \")[0-9a-f]+");
        pattern.IsMatch(manifest).Should().BeTrue();
        OfManifest(directory, pattern.Replace(manifest, match => $"{match.Groups[1]}{bytes.Length}{match.Groups[2]}{Convert.ToHexStringLower(SHA256.HashData(bytes))}"));
    }
}
