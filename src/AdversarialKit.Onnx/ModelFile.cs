using System.Reflection;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;
using DataType = Onnx.TensorProto.Types.DataType;
using Dimension = Onnx.TensorShapeProto.Types.Dimension;

namespace AdversarialKit;

/// <summary>An ONNX model around a graph, and the pieces that it is made of.</summary>
internal static class ModelFile
{
    /// <summary>Protocol buffers end here, and with them a file that has its weights within.</summary>
    public const long LargestBytes = int.MaxValue;

    // Of ONNX 1.12, the first with operator set 17: the older a file says it is, the more can read it.
    private const long FormatVersion = 8;

    private const string Batch = "batch";

    public static ModelProto Of(GraphProto graph, OnnxExportOptions options)
    {
        var model = new ModelProto
        {
            IrVersion = FormatVersion,
            ProducerName = "AdversarialKit",
            ProducerVersion = typeof(ModelFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OnnxGraph.OperatorSet });
        model.MetadataProps.AddRange(options.Metadata.Select(note => new StringStringEntryProto { Key = note.Key, Value = note.Value }));
        return model;
    }

    /// <summary>A value with a type and a shape, in which null stands for the size of the batch.</summary>
    public static ValueInfoProto Described(string name, DataType type, IEnumerable<long?> sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.AddRange(sizes.Select(size => size is { } known ? new Dimension { DimValue = known } : new Dimension { DimParam = Batch }));
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        };
    }

    public static TensorProto Tensor(HostTensor tensor)
    {
        var bytes = tensor.Data is float[] floats ? MemoryMarshal.AsBytes<float>(floats) : MemoryMarshal.AsBytes<long>((long[])tensor.Data);
        var proto = new TensorProto { DataType = (int)tensor.ElementType, RawData = ByteString.CopyFrom(bytes) };
        proto.Dims.AddRange(tensor.Shape);
        return proto;
    }

    /// <summary>Makes a value the graph's output, under the output's name.</summary>
    public static void Finish(GraphProto graph, OnnxValue last, ValueInfoProto output)
    {
        graph.Output.Add(output);
        if (!graph.Node.Any(node => node.Output.Contains(last.Name)))
        {
            // An input or a weight goes out as it is, but a graph's output must come from a node.
            graph.Node.Add(new NodeProto { OpType = "Identity", Name = output.Name, Input = { last.Name }, Output = { output.Name } });
            return;
        }

        foreach (var names in graph.Node.SelectMany(node => new[] { node.Input, node.Output }))
        {
            for (var i = 0; i < names.Count; i++)
            {
                names[i] = names[i] == last.Name ? output.Name : names[i];
            }
        }
    }

    /// <summary>What a value of an unfinished graph is for these inputs.</summary>
    public static HostTensor Evaluate(GraphProto graph, OnnxValue value, IReadOnlyList<HostTensor> inputs)
    {
        var part = graph.Clone();
        part.Name = "part";
        part.Output.Add(new ValueInfoProto { Name = value.Name });
        using var session = RuntimeSession.Open(Of(part, new OnnxExportOptions()).ToByteArray());
        return session.Run(inputs);
    }
}
