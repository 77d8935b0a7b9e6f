namespace AdversarialKit.Benchmarks;

/// <summary>C = A B with the memory layout that the pass of a linear layer has, into memory that stays.</summary>
internal sealed class MatrixProduct : IProduct
{
    private readonly Tensor _left;
    private readonly Tensor _right;
    private readonly Tensor _result;

    private MatrixProduct(Tensor left, Tensor right)
    {
        (_left, _right) = (left, right);
        _result = zeros(left.shape[0], right.shape[1]);
    }

    public double FloatingPointOperations => 2.0 * _left.shape[0] * _left.shape[1] * _right.shape[1];

    /// <summary>outputs [N, out] = inputs [N, in] weight' [out, in].</summary>
    public static MatrixProduct Forward(long batch, long inputs, long outputs) =>
        new(randn(batch, inputs), randn(outputs, inputs).t());

    /// <summary>input gradients [N, in] = output gradients [N, out] weight [out, in].</summary>
    public static MatrixProduct InputGradient(long batch, long inputs, long outputs) =>
        new(randn(batch, outputs), randn(outputs, inputs));

    /// <summary>weight gradient [out, in] = output gradients' [N, out] inputs [N, in].</summary>
    public static MatrixProduct WeightGradient(long batch, long inputs, long outputs) =>
        new(randn(batch, outputs).t(), randn(batch, inputs));

    public void Run() => _result.addmm_(_left, _right, beta: 0, alpha: 1);

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
        _result.Dispose();
    }
}
