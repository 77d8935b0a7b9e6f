using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace AdversarialKit.HoldOwners;

/// <summary>Reads signatures as far as <see cref="TypeKind"/> goes.</summary>
internal sealed class OwnerTypes : ISignatureTypeProvider<TypeKind, object?>
{
    public TypeKind GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.IntPtr or PrimitiveTypeCode.UIntPtr => TypeKind.Handle,
        PrimitiveTypeCode.Object => TypeKind.Object,
        PrimitiveTypeCode.String => TypeKind.Plain,
        _ => TypeKind.Other,
    };

    public TypeKind GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => OfClass(
        rawTypeKind, reader.GetString(reader.GetTypeDefinition(handle).Name));

    public TypeKind GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => OfClass(
        rawTypeKind, reader.GetString(reader.GetTypeReference(handle).Name));

    public TypeKind GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public TypeKind GetSZArrayType(TypeKind elementType) => elementType is TypeKind.Other ? TypeKind.Plain : elementType;

    public TypeKind GetArrayType(TypeKind elementType, ArrayShape shape) => GetSZArrayType(elementType);

    public TypeKind GetGenericInstantiation(TypeKind genericType, ImmutableArray<TypeKind> typeArguments) =>
        typeArguments.Contains(TypeKind.Handle) ? TypeKind.Handle
        : genericType != TypeKind.OpenSpan ? genericType
        : typeArguments[0] == TypeKind.Object ? TypeKind.Span
        : TypeKind.Other;

    public TypeKind GetByReferenceType(TypeKind elementType) => elementType is TypeKind.Handle ? TypeKind.Handle : TypeKind.Other;

    public TypeKind GetPointerType(TypeKind elementType) => TypeKind.Other;

    public TypeKind GetFunctionPointerType(MethodSignature<TypeKind> signature) => TypeKind.Other;

    public TypeKind GetGenericMethodParameter(object? genericContext, int index) => TypeKind.Other;

    public TypeKind GetGenericTypeParameter(object? genericContext, int index) => TypeKind.Other;

    public TypeKind GetModifiedType(TypeKind modifier, TypeKind unmodifiedType, bool isRequired) => unmodifiedType;

    // A pinned variable is held as it is.
    public TypeKind GetPinnedType(TypeKind elementType) => TypeKind.Other;

    // HType is TorchSharp's name for a handle that frees itself.
    private static TypeKind OfClass(byte rawTypeKind, string name) => rawTypeKind == (byte)SignatureTypeKind.ValueType
        ? name == "ReadOnlySpan`1" ? TypeKind.OpenSpan : TypeKind.Other
        : name == "HType" ? TypeKind.Handle : TypeKind.Object;
}
