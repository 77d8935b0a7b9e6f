using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace AdversarialKit.HoldOwners;

/// <summary>What a method must hold until it returns, if it touches a handle.</summary>
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
    /// Reads a method's code; null if it touches no handle. A method touches one if it calls anything whose arguments or
    /// result are handles, natively or through a lambda, or if it reads a field that is one.
    /// </summary>
    public static Owners? Find(MetadataReader metadata, MethodDefinition method, MethodBodyBlock body)
    {
        var instructions = Instruction.ReadAll(body.GetILBytes());
        if (!instructions.Any(instruction => Touches(metadata, instruction)))
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

    private static bool Touches(MetadataReader metadata, Instruction instruction) => instruction.Operand.Length == 4
        && instruction.Code.OperandType is System.Reflection.Emit.OperandType.InlineMethod or System.Reflection.Emit.OperandType.InlineField
        && Touches(metadata, MetadataTokens.EntityHandle(instruction.Token));

    private static bool Touches(MetadataReader metadata, EntityHandle member)
    {
        switch (member.Kind)
        {
            case HandleKind.MethodDefinition:
                return IsOfHandles(metadata.GetMethodDefinition((MethodDefinitionHandle)member).DecodeSignature(Types, null));
            case HandleKind.FieldDefinition:
                return metadata.GetFieldDefinition((FieldDefinitionHandle)member).DecodeSignature(Types, null) == TypeKind.Handle;
            case HandleKind.MethodSpecification:
                var specification = metadata.GetMethodSpecification((MethodSpecificationHandle)member);
                return specification.DecodeSignature(Types, null).Contains(TypeKind.Handle) || Touches(metadata, specification.Method);
            default:
                var reference = metadata.GetMemberReference((MemberReferenceHandle)member);
                return reference.GetKind() == MemberReferenceKind.Method
                    ? IsOfHandles(reference.DecodeMethodSignature(Types, null))
                    : reference.DecodeFieldSignature(Types, null) == TypeKind.Handle;
        }
    }

    private static bool IsOfHandles(MethodSignature<TypeKind> signature) =>
        signature.ReturnType == TypeKind.Handle || signature.ParameterTypes.Contains(TypeKind.Handle);

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
