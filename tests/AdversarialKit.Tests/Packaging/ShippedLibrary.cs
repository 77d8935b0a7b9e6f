using System.Buffers.Binary;
using System.Text;

namespace AdversarialKit.Tests;

/// <summary>TorchSharp's <c>libLibTorchSharp.so</c> for linux-x64, as its package ships it, and forgeries of it.</summary>
internal static class ShippedLibrary
{
    internal const string Needed = "GLIBCXX_3.4.32";

    private const int SymbolSize = 24;

    internal static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "Packaging", "libLibTorchSharp.so.shipped");

    internal static byte[] Read() => File.ReadAllBytes(Path);

    /// <summary>The file offset of the table whose section has this name.</summary>
    internal static int Section(byte[] image, string name)
    {
        var headers = (int)BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(40));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(60));
        var names = Offset(headers + (64 * BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(62))));
        var header = Enumerable.Range(0, count).Select(i => headers + (64 * i))
            .Single(at => TextAt(image, names + BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(at))) == name);
        return Offset(header);

        int Offset(int at) => (int)BinaryPrimitives.ReadInt64LittleEndian(image.AsSpan(at + 24));
    }

    /// <summary>The index of a dynamic symbol.</summary>
    internal static int Symbol(byte[] image, string name)
    {
        var (symbols, strings) = (Section(image, ".dynsym"), Section(image, ".dynstr"));
        var index = 0;
        while (TextAt(image, strings + BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(symbols + (SymbolSize * index)))) != name)
        {
            index++;
        }

        return index;
    }

    /// <summary>Makes another symbol carry the version of the marker.</summary>
    internal static byte[] WithVersionOfMarkerOn(string symbol)
    {
        var image = Read();
        var versions = Section(image, ".gnu.version");
        var marker = Symbol(image, Build.VersionNeed.Marker);
        image.AsSpan(versions + (2 * marker), 2).CopyTo(image.AsSpan(versions + (2 * Symbol(image, symbol)), 2));
        return image;
    }

    /// <summary>Makes a relocation refer to the marker: the first of the section.</summary>
    internal static byte[] WithRelocationOfMarker(string section)
    {
        var image = Read();
        var relocation = Section(image, section);
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(relocation + 12), Symbol(image, Build.VersionNeed.Marker));
        return image;
    }

    /// <summary>Renames the version that the library needs, to one of the same length.</summary>
    internal static byte[] WithNeededVersion(string version)
    {
        var image = Read();
        var at = image.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Needed + "\0"));
        Encoding.ASCII.GetBytes(version).CopyTo(image, at);
        return image;
    }

    private static string TextAt(byte[] image, int offset) =>
        Encoding.ASCII.GetString(image.AsSpan(offset, image.AsSpan(offset).IndexOf((byte)0)));
}
