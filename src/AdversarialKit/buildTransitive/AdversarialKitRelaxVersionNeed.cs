// Compiled by MSBuild while a user's project builds, and into this repository's tests.
// It therefore keeps to .NET Standard 2.0 and to the C# of any compiler that can build net8.0, and is one file: an inline
// task cannot take two.
#nullable enable
using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace AdversarialKit.Build;

/// <summary>What became of a file.</summary>
internal enum RelaxOutcome
{
    /// <summary>The version entry was marked weak.</summary>
    Relaxed,

    /// <summary>The version entry was weak before.</summary>
    AlreadyWeak,

    /// <summary>The file does not ask for the version.</summary>
    NotNeeded,

    /// <summary>The file is not what is expected, or something in it really needs the version.</summary>
    LeftAlone,
}

/// <summary>What is to be done to a file, where, and why.</summary>
internal readonly struct RelaxFinding
{
    internal RelaxFinding(RelaxOutcome outcome, string reason, int flagOffset = -1)
    {
        Outcome = outcome;
        Reason = reason;
        FlagOffset = flagOffset;
    }

    internal RelaxOutcome Outcome { get; }

    internal string Reason { get; }

    /// <summary>Where the byte with the weak flag lies in the file, or -1.</summary>
    internal int FlagOffset { get; }
}

/// <summary>Marks one version need of an ELF library weak, if only an unused marker symbol carries it.</summary>
/// <remarks>
/// GCC 13.2 and later put an undefined <c>_ZSt21ios_base_library_initv</c> into everything that includes iostream, so that
/// an old libstdc++ is noticed. No relocation refers to it, so nothing is ever bound to it; yet the loader turns the whole
/// library away where the version is missing. It does not do so for an entry with <c>VER_FLG_WEAK</c>.
/// </remarks>
internal static class VersionNeed
{
    internal const string Version = "GLIBCXX_3.4.32";
    internal const string Marker = "_ZSt21ios_base_library_initv";
    internal const byte WeakFlag = 0x2;

    /// <summary>Copies a library and marks the version need in the copy, where that is safe.</summary>
    /// <remarks>The copy is renamed into place: whatever the destination was linked to keeps its content.</remarks>
    internal static RelaxFinding Copy(string source, string destination)
    {
        var image = File.ReadAllBytes(source);
        var finding = Examine(image);
        if (finding.Outcome == RelaxOutcome.Relaxed)
        {
            image[finding.FlagOffset] |= WeakFlag;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(destination))!;
        Directory.CreateDirectory(folder);
        var temporary = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".tmp");
        try
        {
            File.WriteAllBytes(temporary, image);
            if (File.Exists(destination))
            {
                File.Replace(temporary, destination, null);
            }
            else
            {
                File.Move(temporary, destination);
            }
        }
        finally
        {
            File.Delete(temporary);
        }

        return finding;
    }

    /// <summary>Looks at an image without changing it. Never throws, whatever the bytes are.</summary>
    internal static RelaxFinding Examine(byte[] image)
    {
        try
        {
            return Examine(new ElfLibrary(image));
        }
        catch (InvalidDataException exception)
        {
            return new RelaxFinding(RelaxOutcome.LeftAlone, exception.Message);
        }
    }

    private static RelaxFinding Examine(ElfLibrary library)
    {
        var needs = library.ReadVersionNeeds();
        var found = needs.FindAll(need => need.Name == Version && need.Library == "libstdc++.so.6");
        if (found.Count != 1)
        {
            return found.Count == 0
                ? new RelaxFinding(RelaxOutcome.NotNeeded, "it does not ask for " + Version)
                : new RelaxFinding(RelaxOutcome.LeftAlone, "it asks for " + Version + " more than once");
        }

        var index = found[0].Index;
        if (needs.FindAll(need => need.Index == index).Count != 1)
        {
            return new RelaxFinding(RelaxOutcome.LeftAlone, "two of its version needs share one index");
        }

        var reason = library.WhyNeeded(index, Marker);
        if (reason is not null)
        {
            return new RelaxFinding(RelaxOutcome.LeftAlone, reason);
        }

        return found[0].IsWeak
            ? new RelaxFinding(RelaxOutcome.AlreadyWeak, "its need of " + Version + " is weak already", found[0].FlagOffset)
            : new RelaxFinding(RelaxOutcome.Relaxed, "only the unused marker " + Marker + " asks for " + Version, found[0].FlagOffset);
    }
}

/// <summary>One entry of the table of needed versions (<c>Elf64_Vernaux</c>).</summary>
internal readonly struct NeededVersion
{
    internal NeededVersion(string library, string name, int index, bool isWeak, int flagOffset)
    {
        Library = library;
        Name = name;
        Index = index;
        IsWeak = isWeak;
        FlagOffset = flagOffset;
    }

    internal string Library { get; }

    internal string Name { get; }

    internal int Index { get; }

    internal bool IsWeak { get; }

    internal int FlagOffset { get; }
}

/// <summary>
/// Reads what the loader reads of a 64-bit little-endian x86-64 library: program headers and dynamic section, not the
/// section headers, which may be stripped. Every read is checked; anything out of place is an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class ElfLibrary
{
    private const int MaximumVersionNeeds = 4096;
    private const ulong PltRelSize = 2, Strings = 5, Symbols = 6, Rela = 7, RelaSize = 8, RelaEntry = 9, StringSize = 10;
    private const ulong SymbolEntry = 11, Rel = 17, PltRelKind = 20, PltRel = 23, GnuHash = 0x6ffffef5;
    private const ulong SymbolVersions = 0x6ffffff0, VersionNeeds = 0x6ffffffe, VersionNeedCount = 0x6fffffff;

    private static readonly HashSet<ulong> _tags = new HashSet<ulong>
    {
        PltRelSize, Strings, Symbols, Rela, RelaSize, RelaEntry, StringSize, SymbolEntry, Rel, PltRelKind, PltRel,
        GnuHash, SymbolVersions, VersionNeeds, VersionNeedCount,
    };

    private readonly byte[] _image;
    private readonly List<(ulong Address, ulong Offset, ulong Size)> _segments = new List<(ulong, ulong, ulong)>();
    private readonly Dictionary<ulong, ulong> _dynamic = new Dictionary<ulong, ulong>();

    internal ElfLibrary(byte[] image)
    {
        _image = image;
        // Magic, 64 bit, little endian, version 1; then a shared object (3) for x86-64 (62).
        Require(U32(0) == 0x464C457F && U32(4) << 8 == 0x01010200 && U16(16) == 3 && U16(18) == 62, "it is not a 64-bit x86-64 shared library");
        Require(U16(54) == 56, "its program headers have an unknown size");
        ulong dynamicOffset = 0, dynamicSize = 0;
        for (var i = 0; i < U16(56); i++)
        {
            var header = U64(32) + (ulong)(56 * i);
            var kind = U32(header);
            if (kind == 1)
            {
                var (offset, size) = (U64(header + 8), U64(header + 32));
                Require(offset <= (ulong)image.Length && size <= (ulong)image.Length - offset, "it is cut short");
                _segments.Add((U64(header + 16), offset, size));
            }
            else if (kind == 2)
            {
                Require(dynamicSize == 0, "it has two dynamic sections");
                (dynamicOffset, dynamicSize) = (U64(header + 8), U64(header + 32));
            }
        }

        ReadDynamic(dynamicOffset, dynamicSize);
    }

    internal List<NeededVersion> ReadVersionNeeds()
    {
        var needs = new List<NeededVersion>();
        if (!_dynamic.ContainsKey(VersionNeeds))
        {
            return needs;
        }

        var file = Locate(Dynamic(VersionNeeds), 16);
        for (var left = Dynamic(VersionNeedCount); left > 0; left--)
        {
            Require(U16(file) == 1, "its table of needed versions has an unknown format");
            var library = Text(U32(file + 4));
            var entry = file + U32(file + 8);
            for (var count = U16(file + 2); count > 0; count--)
            {
                Require(needs.Count < MaximumVersionNeeds, "its table of needed versions has no end");
                var flags = U16(entry + 4);
                needs.Add(new NeededVersion(library, Text(U32(entry + 8)), U16(entry + 6) & 0x7fff, (flags & VersionNeed.WeakFlag) != 0, (int)entry + 4));
                var step = U32(entry + 12);
                Require(count == 1 || step >= 16, "its table of needed versions is cut short");
                entry += step;
            }

            var next = U32(file + 12);
            Require(left == 1 || next >= 16, "its table of needed versions is cut short");
            file += next;
        }

        return needs;
    }

    /// <summary>Says why a version is really needed, or returns null if only the marker carries it and nothing refers to that.</summary>
    internal string? WhyNeeded(int version, string marker)
    {
        Require(Dynamic(SymbolEntry) == 24, "its symbols have an unknown size");
        var count = CountSymbols();
        var symbols = Locate(Dynamic(Symbols), 24 * count);
        var versions = Locate(Dynamic(SymbolVersions), 2 * count);
        ulong carrier = 0;
        for (ulong i = 1; i < count; i++)
        {
            if ((U16(versions + (2 * i)) & 0x7fff) != version)
            {
                continue;
            }

            var name = Text(U32(symbols + (24 * i)));
            if (name != marker || U16(symbols + (24 * i) + 6) != 0 || carrier != 0)
            {
                return "its symbol " + name + " needs " + VersionNeed.Version;
            }

            carrier = i;
        }

        return carrier == 0 ? "it has no symbol " + marker
            : RefersTo(carrier) ? "a relocation refers to " + marker
            : null;
    }

    private bool RefersTo(ulong symbol)
    {
        Require(!_dynamic.ContainsKey(Rel), "it has relocations of an unknown kind");
        var found = false;
        if (_dynamic.ContainsKey(Rela))
        {
            Require(Dynamic(RelaEntry) == 24, "its relocations have an unknown size");
            found = RefersTo(symbol, Dynamic(Rela), Dynamic(RelaSize));
        }

        if (_dynamic.ContainsKey(PltRel))
        {
            Require(Dynamic(PltRelKind) == Rela, "it has relocations of an unknown kind");
            found |= RefersTo(symbol, Dynamic(PltRel), Dynamic(PltRelSize));
        }

        return found;
    }

    private bool RefersTo(ulong symbol, ulong address, ulong size)
    {
        Require(size % 24 == 0, "its relocations have an unknown size");
        var start = Locate(address, size);
        for (ulong at = 0; at < size; at += 24)
        {
            if (U32(start + at + 12) == symbol)
            {
                return true;
            }
        }

        return false;
    }

    // The symbol table carries no length. The hash table covers every symbol from its first one on, chain by chain, in
    // order: the last chain ends at the last symbol.
    private ulong CountSymbols()
    {
        var table = Locate(Dynamic(GnuHash), 16);
        ulong buckets = U32(table), first = U32(table + 4), bloom = U32(table + 8);
        var start = Locate(Dynamic(GnuHash) + 16 + (8 * bloom), 4 * buckets);
        ulong last = 0;
        for (ulong i = 0; i < buckets; i++)
        {
            last = Math.Max(last, U32(start + (4 * i)));
        }

        if (last == 0)
        {
            return first;
        }

        Require(last >= first, "its hash table is damaged");
        var chains = start + (4 * buckets);
        while ((U32(chains + (4 * (last - first))) & 1) == 0)
        {
            last++;
        }

        return last + 1;
    }

    private void ReadDynamic(ulong offset, ulong size)
    {
        for (ulong at = 0; at + 16 <= size && U64(offset + at) != 0; at += 16)
        {
            var tag = U64(offset + at);
            if (_tags.Contains(tag))
            {
                Require(!_dynamic.ContainsKey(tag), "its dynamic section says one thing twice");
                _dynamic[tag] = U64(offset + at + 8);
            }
        }
    }

    private ulong Dynamic(ulong tag)
    {
        Require(_dynamic.TryGetValue(tag, out var value), "its dynamic section is incomplete");
        return value;
    }

    private ulong Locate(ulong address, ulong size)
    {
        foreach (var segment in _segments)
        {
            if (address >= segment.Address && address - segment.Address < segment.Size)
            {
                var within = address - segment.Address;
                Require(size <= segment.Size - within, "one of its tables is cut short");
                return segment.Offset + within;
            }
        }

        throw new InvalidDataException("one of its tables lies outside its segments");
    }

    private string Text(ulong index)
    {
        var size = Dynamic(StringSize);
        var start = Locate(Dynamic(Strings), size);
        var end = index;
        while (end < size && U8(start + end) != 0)
        {
            end++;
        }

        Require(end < size, "one of its names has no end");
        return Encoding.UTF8.GetString(_image, (int)(start + index), (int)(end - index));
    }

    private byte U8(ulong offset)
    {
        Require(offset < (ulong)_image.Length, "it is cut short");
        return _image[(int)offset];
    }

    private ushort U16(ulong offset) => (ushort)Number(offset, 2);

    private uint U32(ulong offset) => (uint)Number(offset, 4);

    private ulong U64(ulong offset) => Number(offset, 8);

    private ulong Number(ulong offset, int size)
    {
        Require(offset < (ulong)_image.Length && (ulong)_image.Length - offset >= (ulong)size, "it is cut short");
        ulong value = 0;
        for (var i = size - 1; i >= 0; i--)
        {
            value = (value << 8) | _image[(int)offset + i];
        }

        return value;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}

#if !WITHOUT_MSBUILD
/// <summary>The build task around <see cref="VersionNeed"/>.</summary>
public sealed class AdversarialKitRelaxVersionNeed : Microsoft.Build.Utilities.Task
{
    /// <summary>The library in the package cache; only read.</summary>
    [Microsoft.Build.Framework.Required]
    public string Source { get; set; } = "";

    /// <summary>The copy to make.</summary>
    [Microsoft.Build.Framework.Required]
    public string Destination { get; set; } = "";

    /// <inheritdoc />
    public override bool Execute()
    {
        try
        {
            var finding = VersionNeed.Copy(Source, Destination);
            var relaxed = finding.Outcome == RelaxOutcome.Relaxed;
            Log.LogMessage(
                relaxed ? Microsoft.Build.Framework.MessageImportance.High : Microsoft.Build.Framework.MessageImportance.Normal,
                relaxed
                    ? "AdversarialKit: {0} now loads with a C++ runtime older than GCC 13.2 too ({1}; marked weak in {2})."
                    : "AdversarialKit: {0} is used as it is: {1} ({2}).",
                Path.GetFileName(Source),
                finding.Reason,
                Destination);
        }
        catch (Exception exception) when (exception is IOException || exception is UnauthorizedAccessException)
        {
            Log.LogMessage(Microsoft.Build.Framework.MessageImportance.High, "AdversarialKit: {0} is used as it is: {1}", Source, exception.Message);
        }

        return true;
    }
}
#endif
