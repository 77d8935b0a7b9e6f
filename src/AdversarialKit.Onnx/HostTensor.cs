using Microsoft.ML.OnnxRuntime;
using DataType = Onnx.TensorProto.Types.DataType;

namespace AdversarialKit;

/// <summary>A tensor in managed memory, which libtorch and ONNX Runtime can both be given: float[] or long[].</summary>
internal sealed record HostTensor(long[] Shape, Array Data)
{
    public DataType ElementType => Data is float[]? DataType.Float : DataType.Int64;

    public long Samples => Shape.Length == 0 ? 1 : Shape[0];

    /// <param name="tensor">Of any device; remains the caller's.</param>
    /// <param name="subject">What it is, to begin a message with.</param>
    public static HostTensor Of(Tensor tensor, string subject)
    {
        using var scope = NewDisposeScope();
        var here = tensor.detach().cpu().contiguous();
        return here.dtype switch
        {
            ScalarType.Float32 => new HostTensor(here.shape, here.data<float>().ToArray()),
            ScalarType.Int64 => new HostTensor(here.shape, here.data<long>().ToArray()),
            _ => throw new OnnxExportException($"{subject} is of type {here.dtype}; ONNX files are written of Float32 and Int64. Convert it with to(ScalarType.Float32)."),
        };
    }

    public OrtValue ToRuntime() => Data is float[] floats
        ? OrtValue.CreateTensorValueFromMemory(floats, Shape)
        : OrtValue.CreateTensorValueFromMemory((long[])Data, Shape);
}
