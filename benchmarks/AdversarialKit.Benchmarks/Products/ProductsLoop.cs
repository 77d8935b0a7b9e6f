namespace AdversarialKit.Benchmarks;

/// <summary>Nothing but the products of an iteration: the limit that the machine sets.</summary>
internal sealed class ProductsLoop(Workload workload) : ITrainingLoop
{
    private readonly IReadOnlyList<IProduct> _products = StepProducts.Of(workload);

    public double FloatingPointOperations => _products.Sum(product => product.FloatingPointOperations);

    public void Iterate()
    {
        foreach (var product in _products)
        {
            product.Run();
        }
    }

    public void Dispose()
    {
        foreach (var product in _products)
        {
            product.Dispose();
        }
    }
}
