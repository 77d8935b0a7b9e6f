namespace AdversarialKit;

/// <summary>A module with inputs to try it on.</summary>
internal sealed record Subject(nn.Module Module, Func<IReadOnlyList<Tensor>, Tensor> Forward, IReadOnlyList<Tensor> Examples)
{
    public static Subject Of(nn.Module<Tensor, Tensor> module, Tensor example) => new(module, inputs => module.call(inputs[0]), [example]);

    public static Subject Of(nn.Module<Tensor, Tensor, Tensor> module, Tensor example, Tensor condition) =>
        new(module, inputs => module.call(inputs[0], inputs[1]), [example, condition]);

    /// <summary>Tells what cannot be exported, before anything is done.</summary>
    public void Check()
    {
        foreach (var example in Examples)
        {
            if (example.dim() < 1 || example.shape[0] < 1 || example.shape[0] != Examples[0].shape[0])
            {
                throw new ArgumentException(
                    $"The examples have the shapes {string.Join(" and ", Examples.Select(Text.Shape))}; each must hold the same number of samples, at least one.");
            }

            if (example.dtype is not (ScalarType.Float32 or ScalarType.Int64))
            {
                throw new ArgumentException($"An example is of type {example.dtype}; inputs of an ONNX file are Float32, or Int64 for labels.");
            }
        }

        foreach (var (name, tensor) in Module.state_dict())
        {
            if (tensor.is_floating_point() && tensor.dtype != ScalarType.Float32)
            {
                throw new OnnxExportException(
                    $"'{name}' is of type {tensor.dtype}; ONNX files are written of Float32. Export a copy of the module that was converted with to(ScalarType.Float32).");
            }
        }
    }

    /// <summary>
    /// What libtorch makes of the examples in inference mode: all at once, and as a batch of another size. Modes, buffers and torch's shared
    /// generator of randomness are afterwards as they were.
    /// </summary>
    public IReadOnlyList<TorchRun> Run()
    {
        using var random = RandomState.CaptureGlobal();
        try
        {
            using var scope = NewDisposeScope();
            using var noGraph = no_grad();
            using var buffers = new NetworkBuffers(Module).Isolate();
            using var mode = new NetworkModes(Module).Set(training: false);
            return [Run(Examples), Run([.. Examples.Select(OfAnotherSize)])];
        }
        finally
        {
            RandomState.RestoreGlobal(random);
        }
    }

    private TorchRun Run(IReadOnlyList<Tensor> inputs)
    {
        // A copy: the forward of a careless module may write into its input.
        var output = Forward([.. inputs.Select(input => input.clone())]);
        return new TorchRun([.. inputs.Select(input => HostTensor.Of(input, "An example"))], HostTensor.Of(output, "The module's output"));
    }

    private static Tensor OfAnotherSize(Tensor example) => example.shape[0] == 1 ? cat([example, example], 0) : example.narrow(0, 0, 1);
}
