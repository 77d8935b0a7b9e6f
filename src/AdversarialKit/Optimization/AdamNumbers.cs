namespace AdversarialKit;

/// <summary>The numbers of one step of Adam, held as long as libtorch may read them.</summary>
internal sealed class AdamNumbers(double beta1, double beta2, double rate, double decay, long steps) : IDisposable
{
    public Scalar Kept { get; } = (1 - rate * decay).ToScalar();

    public Scalar Decay { get; } = decay.ToScalar();

    public Scalar OldFirst { get; } = beta1.ToScalar();

    public Scalar NewFirst { get; } = (1 - beta1).ToScalar();

    public Scalar OldSecond { get; } = beta2.ToScalar();

    public Scalar NewSecond { get; } = (1 - beta2).ToScalar();

    public Scalar Correction { get; } = Math.Sqrt(1 - Math.Pow(beta2, steps)).ToScalar();

    public Scalar Step { get; } = (-(rate / (1 - Math.Pow(beta1, steps)))).ToScalar();

    public void Dispose()
    {
        foreach (var number in new[] { Kept, Decay, OldFirst, NewFirst, OldSecond, NewSecond, Correction, Step })
        {
            number.Dispose();
        }
    }
}
