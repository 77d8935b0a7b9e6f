namespace AdversarialKit.Benchmarks;

/// <summary>One product of matrices, or convolution, by itself.</summary>
internal interface IProduct : IDisposable
{
    /// <summary>Multiplications and additions.</summary>
    double FloatingPointOperations { get; }

    void Run();
}
