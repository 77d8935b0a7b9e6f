using Onnx;
using Type = Onnx.AttributeProto.Types.AttributeType;

namespace AdversarialKit;

/// <summary>A setting of an ONNX operation, which ONNX calls an attribute, such as <c>new("axis", 1)</c>.</summary>
public sealed class OnnxSetting
{
    /// <summary>A whole number; also what ONNX has for yes (1) and no (0).</summary>
    /// <param name="name">The name in ONNX's specification of the operation.</param>
    /// <param name="value">The value.</param>
    public OnnxSetting(string name, long value) => Proto = new AttributeProto { Name = name, Type = Type.Int, I = value };

    /// <summary>A number; ONNX keeps it as a float.</summary>
    /// <param name="name">The name in ONNX's specification of the operation.</param>
    /// <param name="value">The value.</param>
    public OnnxSetting(string name, double value) => Proto = new AttributeProto { Name = name, Type = Type.Float, F = (float)value };

    /// <summary>A text.</summary>
    /// <param name="name">The name in ONNX's specification of the operation.</param>
    /// <param name="value">The value.</param>
    public OnnxSetting(string name, string value) =>
        Proto = new AttributeProto { Name = name, Type = Type.String, S = Google.Protobuf.ByteString.CopyFromUtf8(value) };

    /// <summary>Whole numbers, such as a shape or axes.</summary>
    /// <param name="name">The name in ONNX's specification of the operation.</param>
    /// <param name="values">The values.</param>
    public OnnxSetting(string name, IReadOnlyList<long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Proto = new AttributeProto { Name = name, Type = Type.Ints };
        Proto.Ints.AddRange(values);
    }

    internal AttributeProto Proto { get; }
}
