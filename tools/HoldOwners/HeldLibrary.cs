using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace AdversarialKit.HoldOwners;

/// <summary>
/// TorchSharp's library with owners held. Nothing of it moves: new bodies stand in a section of their own at the end, and
/// the methods' table points there.
/// </summary>
/// <param name="Image">The library.</param>
/// <param name="Methods">How many methods have a new body.</param>
/// <param name="Owners">How many objects they hold.</param>
/// <param name="Released">How many numbers are made where no variable can hold them, and are not freed instead.</param>
internal sealed record HeldLibrary(byte[] Image, int Methods, int Owners, int Released)
{
    public static HeldLibrary Make(byte[] original)
    {
        using var file = new PEReader(new MemoryStream(original));
        var metadata = file.GetMetadataReader();
        var writer = new HeldMethod(
            Reference(metadata, "GC", "KeepAlive"), Reference(metadata, "GC", "SuppressFinalize"), HandlesOf(metadata));
        var bodies = new List<byte>();
        var moved = new List<(int Row, int Offset)>();
        var (owners, released) = (0, 0);
        foreach (var handle in metadata.MethodDefinitions)
        {
            var method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0 || metadata.GetString(method.Name) == "ToHandleArray")
            {
                continue;
            }

            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            if (HoldOwners.Owners.Find(metadata, method, body) is not { } found || found.Count + found.Temporaries.Count == 0)
            {
                continue;
            }

            bodies.AddRange(new byte[-bodies.Count & 3]);
            moved.Add((MetadataTokens.GetRowNumber(handle), bodies.Count));
            bodies.AddRange(writer.Write(body, found));
            (owners, released) = (owners + found.Count, released + found.Temporaries.Count);
        }

        return new HeldLibrary(Assemble(original, file, [.. bodies], moved), moved.Count, owners, released);
    }

    private static byte[] Assemble(byte[] original, PEReader file, byte[] bodies, List<(int Row, int Offset)> moved)
    {
        var metadata = file.GetMetadataReader();
        var image = new PortableImage(original, file.PEHeaders);
        var start = image.AddSection(".held", bodies);
        var table = file.PEHeaders.MetadataStartOffset + metadata.GetTableMetadataOffset(TableIndex.MethodDef);
        foreach (var (row, offset) in moved)
        {
            image.SetInt32(table + ((row - 1) * metadata.GetTableRowSize(TableIndex.MethodDef)), start + offset);
        }

        // Another module, so another identity; and the signatures are those of what it was before.
        var identity = MetadataTokens.GetHeapOffset(metadata.GetModuleDefinition().Mvid);
        image.Set(
            file.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Guid) + ((identity - 1) * 16),
            SHA256.HashData(bodies)[..16]);
        image.DropSignatures();
        return image.ToArray();
    }

    private static int Reference(MetadataReader metadata, string type, string name) => MetadataTokens.GetToken(metadata.MemberReferences.First(
        handle => metadata.GetMemberReference(handle) is { Parent.Kind: HandleKind.TypeReference } member
            && metadata.GetString(member.Name) == name
            && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == type));

    private static int HandlesOf(MetadataReader metadata) => MetadataTokens.GetToken(metadata.MethodDefinitions.First(
        handle => metadata.GetMethodDefinition(handle) is var method && metadata.GetString(method.Name) == "ToHandleArray"
            && method.DecodeSignature(new OwnerTypes(), null).ParameterTypes[0] == TypeKind.Span));
}
