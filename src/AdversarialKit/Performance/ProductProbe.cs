namespace AdversarialKit;

/// <summary>The three matrix products of a linear layer's forward and backward pass, to measure time and error on.</summary>
internal sealed class ProductProbe : IDisposable
{
    private const int Batch = 64;
    private const int Inputs = 784;
    private const int Outputs = 512;

    private readonly Tensor _input;
    private readonly Tensor _weight;
    private readonly Tensor _gradient;

    public ProductProbe()
    {
        // A stream of its own: measuring must not move the program's.
        using var random = new Generator(1);
        _input = RandomTensors.Normal([Batch, Inputs], random, ScalarType.Float32, CPU).DetachFromDisposeScope();
        _weight = RandomTensors.Normal([Outputs, Inputs], random, ScalarType.Float32, CPU).DetachFromDisposeScope();
        _gradient = RandomTensors.Normal([Batch, Outputs], random, ScalarType.Float32, CPU).DetachFromDisposeScope();
    }

    public void Run()
    {
        using var scope = NewDisposeScope();
        _ = Products(_input, _weight, _gradient);
    }

    /// <summary>The largest deviation of an element from the product in float64; elements are of the size of 25.</summary>
    public double Error()
    {
        using var scope = NewDisposeScope();
        var exact = Products(Exactly(_input), Exactly(_weight), Exactly(_gradient));
        return Products(_input, _weight, _gradient).Zip(exact, (product, reference) => (Exactly(product) - reference).abs().max().item<double>()).Max();
    }

    public void Dispose()
    {
        _input.Dispose();
        _weight.Dispose();
        _gradient.Dispose();
    }

    private static Tensor[] Products(Tensor input, Tensor weight, Tensor gradient)
    {
        using var noGraph = no_grad();
        return [input.mm(weight.t()), gradient.mm(weight), gradient.t().mm(input)];
    }

    private static Tensor Exactly(Tensor tensor) => tensor.to(ScalarType.Float64);
}
