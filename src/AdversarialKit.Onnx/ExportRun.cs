using Google.Protobuf;
using Onnx;

namespace AdversarialKit;

/// <summary>From a module to a file that was held against it.</summary>
internal static class ExportRun
{
    public static OnnxExportResult Of(string path, Subject subject, OnnxExportOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        subject.Check();
        var runs = subject.Run();
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var model = ModelFile.Of(Write(subject, runs, options), options);
        if (model.CalculateSize() is var size && (size < 0 || WeightBytes(model.Graph) > ModelFile.LargestBytes))
        {
            throw new OnnxExportException(
                $"The module's weights take {WeightBytes(model.Graph)} bytes, and an ONNX file holds at most {ModelFile.LargestBytes}.");
        }

        var bytes = model.ToByteArray();
        var deviation = Proof.Of(bytes, runs, "the graph that was written");
        if (deviation > OnnxExport.Tolerance)
        {
            throw new OnnxExportException(
                $"'{path}' was not written: ONNX Runtime's results deviate from libtorch's by {Text.Number(deviation)}, and at most "
                + $"{Text.Number(OnnxExport.Tolerance)} is allowed. {Cause(subject.Module)}");
        }

        Replace(path, bytes);
        return new OnnxExportResult(path, bytes.Length, deviation, runs.Sum(run => run.Output.Samples));
    }

    private static GraphProto Write(Subject subject, IReadOnlyList<TorchRun> runs, OnnxExportOptions options)
    {
        var inputs = options.InputNames!.Zip(runs[0].Inputs).ToArray();
        var graph = new OnnxGraph(subject.Module, inputs, options.OutputName!);
        graph.Proto.Name = options.GraphName!;
        OnnxValue last;
        using (new NetworkModes(subject.Module).Set(training: false))
        {
            last = graph.Call(subject.Module, [.. options.InputNames!.Select(name => new OnnxValue(name))]);
        }

        var (one, other) = (runs[0].Output, runs[1].Output);
        var sizes = one.Shape.Select((size, i) => i == 0 && other.Shape[i] != size ? null : (long?)size);
        ModelFile.Finish(graph.Proto, last, ModelFile.Described(options.OutputName!, one.ElementType, sizes));
        return graph.Proto;
    }

    private static long WeightBytes(GraphProto graph) => graph.Initializer.Sum(tensor => (long)tensor.RawData.Length);

    private static string Cause(nn.Module module) =>
        module.modules().Prepend(module).Where(part => part is IOnnxModule).Select(part => part.GetType().Name).Distinct().ToArray() is { Length: > 0 } own
            ? $"Compare Write with forward in {string.Join(" and ", own)}."
            : "This is a fault of the export: please report it with the module's layers.";

    private static void Replace(string path, byte[] bytes)
    {
        try
        {
            DurableFile.Replace(path, stream => stream.Write(bytes));
        }
        catch (CheckpointException error)
        {
            throw new OnnxExportException(error.Message, error);
        }
    }
}
