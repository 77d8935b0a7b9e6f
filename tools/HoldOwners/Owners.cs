using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace AdversarialKit.HoldOwners;

/// <summary>What a method must hold until it returns, if it hands a handle over.</summary>
/// <param name="Arguments">Objects among its arguments, <c>this</c> included.</param>
/// <param name="Spans">Spans of objects among its arguments.</param>
/// <param name="Locals">Objects among its variables.</param>
/// <param name="Temporaries">Where it takes the handle of a number that no variable holds.</param>
internal sealed record Owners(
    IReadOnlyList<int> Arguments, IReadOnlyList<int> Spans, IReadOnlyList<int> Locals, IReadOnlySet<int> Temporaries)
{
    private static readonly OwnerTypes Types = new();

    public int Count => Arguments.Count + Spans.Count + Locals.Count;

    /// <summary>
    /// Reads a method's code; null if it hands no handle over. A method that only returns one, as a property does, leaves the
    /// holding to whoever asked.
    /// </summary>
    public static Owners? Find(MetadataReader metadata, MethodDefinition method, MethodBodyBlock body)
    {
        var instructions = Instruction.ReadAll(body.GetILBytes());
        if (!instructions.Any(instruction => HandsOver(metadata, instruction)))
        {
            return null;
        }

        var signature = method.DecodeSignature(Types, null);
        var type = metadata.GetTypeDefinition(method.GetDeclaringType());
        var first = signature.Header.IsInstance ? 1 : 0;
        var arguments = Indices([.. signature.ParameterTypes], TypeKind.Object).Select(i => i + first).ToList();
        if (first == 1 && !IsStructure(metadata, type))
        {
            arguments.Insert(0, 0);
        }

        TypeKind[] locals = body.LocalSignature.IsNil
            ? []
            : [.. metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(Types, null)];
        var temporaries = instructions.Zip(instructions.Skip(1))
            .Where(pair => IsNewNumber(metadata, pair.First) && IsCallOf(metadata, pair.Second, "get_Handle"))
            .Select(pair => pair.Second.Offset).ToHashSet();
        return new Owners(
            arguments, [.. Indices([.. signature.ParameterTypes], TypeKind.Span).Select(i => i + first)], [.. Indices(locals, TypeKind.Object)], temporaries);
    }

    private static bool HandsOver(MetadataReader metadata, Instruction instruction) =>
        instruction.Code.OperandType == System.Reflection.Emit.OperandType.InlineMethod
        && TakesHandles(metadata, MetadataTokens.EntityHandle(instruction.Token));

    // What is generic over handles takes them as well: a list, an array made of a sequence.
    private static bool TakesHandles(MetadataReader metadata, EntityHandle method)
    {
        switch (method.Kind)
        {
            case HandleKind.MethodDefinition:
                return Takes(metadata.GetMethodDefinition((MethodDefinitionHandle)method).DecodeSignature(Types, null));
            case HandleKind.MethodSpecification:
                var specification = metadata.GetMethodSpecification((MethodSpecificationHandle)method);
                return specification.DecodeSignature(Types, null).Contains(TypeKind.Handle) || TakesHandles(metadata, specification.Method);
            default:
                return Takes(metadata.GetMemberReference((MemberReferenceHandle)method).DecodeMethodSignature(Types, null));
        }
    }

    private static bool Takes(MethodSignature<TypeKind> signature) => signature.ParameterTypes.Contains(TypeKind.Handle);

    private static bool IsNewNumber(MetadataReader metadata, Instruction instruction) =>
        IsCallOf(metadata, instruction, "ToScalar") || (IsCallOf(metadata, instruction, "op_Implicit") && ReturnsScalar(metadata, instruction.Token));

    private static bool ReturnsScalar(MetadataReader metadata, int token) => metadata.GetString(metadata
        .GetTypeDefinition(metadata.GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.EntityHandle(token)).GetDeclaringType()).Name) == "Scalar";

    private static bool IsCallOf(MetadataReader metadata, Instruction instruction, string name) =>
        instruction.Code.OperandType == System.Reflection.Emit.OperandType.InlineMethod
        && MetadataTokens.EntityHandle(instruction.Token) is { Kind: HandleKind.MethodDefinition } handle
        && metadata.GetString(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).Name) == name;

    private static IEnumerable<int> Indices(TypeKind[] types, TypeKind kind) =>
        Enumerable.Range(0, types.Length).Where(i => types[i] == kind);

    private static bool IsStructure(MetadataReader metadata, TypeDefinition type) => type.BaseType.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type.BaseType).Name) is "ValueType" or "Enum";
}
