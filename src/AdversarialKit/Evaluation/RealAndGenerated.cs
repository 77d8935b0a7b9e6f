namespace AdversarialKit;

/// <summary>The two sets of a metric that sees pairs: the real one as a copy, the generated one as it grows.</summary>
internal sealed class RealAndGenerated : IDisposable
{
    private readonly SampleBuffer _generated;
    private bool _disposed;

    /// <param name="real">Checked features.</param>
    /// <param name="maximumSamples">The most generated samples.</param>
    public RealAndGenerated(Tensor real, int maximumSamples)
    {
        Real = SampleBuffer.Copy(real, real.device).DetachFromDisposeScope();
        _generated = new SampleBuffer(real.device, maximumSamples);
    }

    public Tensor Real { get; }

    public long GeneratedCount => _generated.Count;

    /// <summary>All generated samples, once there are enough of them for a figure.</summary>
    public Tensor Generated(long minimum, string figure)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.AtLeast(minimum, _generated.Count, "generated samples", figure);
        return _generated.All();
    }

    public void Update(Tensor batch)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SampleChecks.Features(batch, Real.shape[1], nameof(batch));
        _generated.Add(batch);
    }

    public void Reset()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _generated.Clear();
    }

    public void Dispose()
    {
        _disposed = true;
        Real.Dispose();
        _generated.Dispose();
    }
}
