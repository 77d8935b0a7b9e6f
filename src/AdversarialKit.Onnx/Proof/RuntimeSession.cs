using Microsoft.ML.OnnxRuntime;

namespace AdversarialKit;

/// <summary>A model in ONNX Runtime.</summary>
internal sealed class RuntimeSession : IDisposable
{
    private readonly InferenceSession _session;

    private RuntimeSession(InferenceSession session) => _session = session;

    public IEnumerable<(string Name, NodeMetadata Metadata)> Inputs =>
        _session.InputNames.Select(name => (name, _session.InputMetadata[name]));

    public int Outputs => _session.OutputNames.Count;

    /// <exception cref="OnnxRuntimeException">It is no model that ONNX Runtime takes.</exception>
    public static RuntimeSession Open(byte[] model)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = get_num_threads(),
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Shapes that contradict each other are else only a warning.
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        // Threads that wait in a loop for the next call would only hold back libtorch's.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return new RuntimeSession(new InferenceSession(model, options));
    }

    /// <summary>The first output.</summary>
    /// <exception cref="OnnxRuntimeException">The inputs do not fit, or an operation failed.</exception>
    public HostTensor Run(IReadOnlyList<HostTensor> inputs)
    {
        var values = inputs.Select(input => input.ToRuntime()).ToArray();
        try
        {
            using var how = new RunOptions();
            using var results = _session.Run(how, _session.InputNames, values, [_session.OutputNames[0]]);
            var shape = results[0].GetTensorTypeAndShape();
            return new HostTensor(shape.Shape, shape.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64
                ? results[0].GetTensorDataAsSpan<long>().ToArray()
                : results[0].GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    public void Dispose() => _session.Dispose();
}
