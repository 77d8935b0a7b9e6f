namespace AdversarialKit.Benchmarks;

/// <summary>A convolution forward, and its gradients where a step needs them.</summary>
internal sealed class ConvolutionProduct : IProduct
{
    private readonly nn.Module<Tensor, Tensor> _layer;
    private readonly TorchSharp.Modules.Parameter _weight;
    private readonly Tensor _input;
    private readonly Tensor _outputGradient;
    private readonly bool _backward;

    /// <param name="layer">Convolution or transposed convolution without a bias; taken over.</param>
    /// <param name="input">Its input; taken over.</param>
    /// <param name="inputGradient">Whether the gradient of the input is needed.</param>
    /// <param name="weightGradient">Whether the gradient of the weight is needed.</param>
    public ConvolutionProduct(nn.Module<Tensor, Tensor> layer, Tensor input, bool inputGradient, bool weightGradient)
    {
        _layer = layer;
        _weight = layer.parameters().Single();
        _weight.requires_grad_(weightGradient);
        _input = input.requires_grad_(inputGradient);
        _backward = inputGradient || weightGradient;
        using var noGraph = no_grad();
        using var output = layer.call(input);
        _outputGradient = randn_like(output);

        // Each input meets each weight of its filters, or each output does: the smaller plane counts the places.
        var places = Math.Min(input.shape[2] * input.shape[3], output.shape[2] * output.shape[3]);
        var passes = 1 + (inputGradient ? 1 : 0) + (weightGradient ? 1 : 0);
        FloatingPointOperations = 2.0 * passes * input.shape[0] * places * _weight.numel();
    }

    public double FloatingPointOperations { get; }

    public void Run()
    {
        using var scope = NewDisposeScope();
        var output = _layer.call(_input);
        if (_backward)
        {
            output.backward([_outputGradient]);
            _weight.grad = null;
            _input.grad = null;
        }
    }

    public void Dispose()
    {
        _layer.Dispose();
        _input.Dispose();
        _outputGradient.Dispose();
    }
}
