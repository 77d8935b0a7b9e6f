using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text;

namespace AdversarialKit.HoldOwners;

/// <summary>A library's file that takes one more section. Addresses stay; positions in the file grow by one block.</summary>
internal sealed class PortableImage
{
    private const int SectionHeader = 40, CodeThatRuns = 0x60000020, SecurityDirectory = 4;

    private readonly PEHeaders _headers;
    private readonly int _block;
    private readonly int _sections;
    private byte[] _image;

    /// <summary>Makes room for the header of a section: all that follows the headers moves by one block of the file.</summary>
    public PortableImage(byte[] original, PEHeaders headers)
    {
        _headers = headers;
        _block = headers.PEHeader!.FileAlignment;
        _sections = headers.PEHeaderStartOffset + headers.CoffHeader.SizeOfOptionalHeader;
        var end = headers.SectionHeaders.Max(section => section.PointerToRawData + section.SizeOfRawData);
        _image = [.. original[..headers.PEHeader.SizeOfHeaders], .. new byte[_block], .. original[headers.PEHeader.SizeOfHeaders..end]];
        Put(headers.PEHeaderStartOffset + 60, headers.PEHeader.SizeOfHeaders + _block);
        for (var i = 0; i < headers.SectionHeaders.Length; i++)
        {
            Put(_sections + (i * SectionHeader) + 20, headers.SectionHeaders[i].PointerToRawData + _block);
        }

        // The table of debugging data names positions in the file besides addresses.
        headers.TryGetDirectoryOffset(headers.PEHeader.DebugTableDirectory, out var table);
        for (var at = table; at < table + headers.PEHeader.DebugTableDirectory.Size; at += 28)
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(original.AsSpan(at + 24)) is > 0 and var position)
            {
                SetInt32(at + 24, position + _block);
            }
        }
    }

    /// <summary>Adds a section of code and returns its address.</summary>
    public int AddSection(string name, byte[] content)
    {
        var header = _headers.PEHeader!;
        var last = _headers.SectionHeaders[^1];
        var address = Align(last.VirtualAddress + last.VirtualSize, header.SectionAlignment);
        var row = _sections + (_headers.SectionHeaders.Length * SectionHeader);
        Encoding.ASCII.GetBytes(name).CopyTo(_image, row);
        int[] fields = [content.Length, address, Align(content.Length, _block), _image.Length, 0, 0, 0, CodeThatRuns];
        for (var i = 0; i < fields.Length; i++)
        {
            Put(row + 8 + (4 * i), fields[i]);
        }

        BinaryPrimitives.WriteInt16LittleEndian(_image.AsSpan(_headers.CoffHeaderStartOffset + 2), (short)(_headers.SectionHeaders.Length + 1));
        Put(_headers.PEHeaderStartOffset + 4, header.SizeOfCode + Align(content.Length, _block));
        Put(_headers.PEHeaderStartOffset + 56, Align(address + content.Length, header.SectionAlignment));
        _image = [.. _image, .. content, .. new byte[Align(content.Length, _block) - content.Length]];
        return address;
    }

    /// <summary>Takes the signatures out: Authenticode's, the strong name's (the public key stays) and the checksum.</summary>
    public void DropSignatures()
    {
        // PE32: the directories begin 96 bytes into the header.
        Put(_headers.PEHeaderStartOffset + 96 + (8 * SecurityDirectory), 0);
        Put(_headers.PEHeaderStartOffset + 100 + (8 * SecurityDirectory), 0);
        Put(_headers.PEHeaderStartOffset + 64, 0);
        if (_headers.TryGetDirectoryOffset(_headers.CorHeader!.StrongNameSignatureDirectory, out var name))
        {
            Set(name, new byte[_headers.CorHeader.StrongNameSignatureDirectory.Size]);
        }
    }

    /// <summary>Sets bytes at a position of the file as it was.</summary>
    public void Set(int position, byte[] bytes) => bytes.CopyTo(_image, position + _block);

    /// <summary>Sets a number at a position of the file as it was.</summary>
    public void SetInt32(int position, int value) => Put(position + _block, value);

    public byte[] ToArray() => _image;

    private void Put(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(_image.AsSpan(position), value);

    private static int Align(int value, int to) => (value + to - 1) / to * to;
}
