// Compiled by MSBuild while a user's project builds, and into this repository's tests and tools.
// It therefore keeps to .NET Standard 2.0 and to the C# of any compiler that can build net8.0, and is one file: an inline
// task cannot take two.
#nullable enable
#pragma warning disable CA1850, CA1872 // What they propose is not in .NET Standard 2.0.
using System;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;

namespace AdversarialKit.Build;

/// <summary>What became of a file.</summary>
internal enum DeltaOutcome
{
    /// <summary>The delta was applied.</summary>
    Applied,

    /// <summary>The file is what the delta leads to.</summary>
    AlreadyApplied,

    /// <summary>The file is not the one that the delta is for.</summary>
    UnknownFile,
}

/// <summary>
/// Makes one known file out of another. The delta begins with the SHA-256 of both; a deflated list of bytes to put and
/// stretches to copy follows. What comes out is either what was foreseen, to the last bit, or nothing.
/// </summary>
internal static class Delta
{
    private const int HashLength = 32;

    // Damage must not ask for all memory; the hash of the result tells it.
    private const int LongestPart = 1 << 24;

    /// <summary>Writes what becomes of <paramref name="source"/>, if it is known; else there is nothing at the destination.</summary>
    /// <remarks>The result is renamed into place: whatever the destination was linked to keeps its content.</remarks>
    /// <exception cref="InvalidDataException">The delta is damaged.</exception>
    internal static DeltaOutcome Copy(string source, string delta, string destination)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(destination))!;
        Directory.CreateDirectory(folder);
        File.Delete(destination);
        var image = File.ReadAllBytes(source);
        var outcome = Apply(ref image, File.ReadAllBytes(delta));
        if (outcome == DeltaOutcome.UnknownFile)
        {
            return outcome;
        }

        var temporary = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".tmp");
        try
        {
            File.WriteAllBytes(temporary, image);
            File.Move(temporary, destination);
        }
        finally
        {
            File.Delete(temporary);
        }

        return outcome;
    }

    /// <summary>Applies a delta to an image, or leaves the image as it is.</summary>
    /// <exception cref="InvalidDataException">The delta is damaged.</exception>
    internal static DeltaOutcome Apply(ref byte[] image, byte[] delta)
    {
        if (delta.Length < 2 * HashLength)
        {
            throw new InvalidDataException("The delta is cut short.");
        }

        var hash = Hash(image);
        var (before, after) = (Hexadecimal(delta, 0), Hexadecimal(delta, HashLength));
        if (hash != before)
        {
            return hash == after ? DeltaOutcome.AlreadyApplied : DeltaOutcome.UnknownFile;
        }

        var result = Rebuild(image, delta);
        if (Hash(result) != after)
        {
            throw new InvalidDataException("The delta is damaged.");
        }

        image = result;
        return DeltaOutcome.Applied;
    }

    /// <summary>SHA-256, in lower-case hexadecimal.</summary>
    internal static string Hash(byte[] bytes)
    {
        using (var sha = SHA256.Create())
        {
            return Hexadecimal(sha.ComputeHash(bytes), 0);
        }
    }

    private static byte[] Rebuild(byte[] image, byte[] delta)
    {
        var result = new MemoryStream(2 * image.Length);
        using (var packed = new DeflateStream(new MemoryStream(delta, 2 * HashLength, delta.Length - (2 * HashLength)), CompressionMode.Decompress))
        using (var reader = new BinaryReader(packed))
        {
            try
            {
                for (var length = -1; length != 0;)
                {
                    var literal = reader.ReadBytes(Math.Min(reader.ReadInt32(), LongestPart));
                    result.Write(literal, 0, literal.Length);
                    var place = reader.ReadInt32();
                    length = reader.ReadInt32();
                    result.Write(image, place, length);
                }
            }
            catch (Exception exception) when (exception is EndOfStreamException || exception is ArgumentException)
            {
                throw new InvalidDataException("The delta is damaged.", exception);
            }
        }

        return result.ToArray();
    }

    private static string Hexadecimal(byte[] bytes, int start) =>
        BitConverter.ToString(bytes, start, HashLength).Replace("-", "").ToLowerInvariant();
}

#if !WITHOUT_MSBUILD
/// <summary>The build task around <see cref="Delta"/>.</summary>
public sealed class AdversarialKitApplyDelta : Microsoft.Build.Utilities.Task
{
    /// <summary>The library in the package cache; only read.</summary>
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    /// <summary>The delta.</summary>
    [Microsoft.Build.Framework.Required]
    public string DeltaFile { get; set; } = "";

    /// <summary>The copy to make.</summary>
    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        try
        {
            if (Delta.Copy(Source, DeltaFile, Destination) == DeltaOutcome.UnknownFile)
            {
                Warn("It is not the file that " + Path.GetFileName(DeltaFile) + " is for.");
            }
            else
            {
                Log.LogMessage(
                    Microsoft.Build.Framework.MessageImportance.High,
                    "AdversarialKit: {0} now holds what it hands to native code, so that no garbage collection frees it meanwhile ({1}).",
                    Path.GetFileName(Source),
                    Destination);
            }
        }
        catch (Exception exception) when (exception is IOException || exception is InvalidDataException || exception is UnauthorizedAccessException)
        {
            Warn(exception.Message);
        }

        return true;
    }

    private void Warn(string reason) => Log.LogWarning(
        null,
        "AKIT001",
        null,
        null,
        0,
        0,
        0,
        0,
        "AdversarialKit: {0} is used as it is: {1} A garbage collection that another thread starts may free tensors and numbers during a "
        + "native call, which ends a run or changes its results; see docs/reliability.md of AdversarialKit.",
        Source,
        reason);
}
#endif
