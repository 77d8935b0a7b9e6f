namespace AdversarialKit;

/// <summary>An exponential moving average of batch means, on the batches' device: reading it on the host would stall a GPU.</summary>
internal sealed class MovingAverage : IDisposable
{
    private Tensor? _value;

    /// <summary>Takes in a batch's mean.</summary>
    /// <returns>The average, not yet freed of its bias towards 0, in the current dispose scope.</returns>
    public Tensor Update(Tensor batch, double decay)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // Half precision would swallow steps of one hundredth.
        var type = batch.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var mean = batch.detach().to(type).mean() * (1 - decay);
        var next = _value is null ? mean : _value.to(type).to(batch.device) * decay + mean;
        _value?.Dispose();
        _value = next.DetachFromDisposeScope();
        return _value.alias().MoveToOuterDisposeScope();
    }

    public Tensor ToState() =>
        _value is null ? zeros([], dtype: ScalarType.Float64) : _value.to(ScalarType.Float64).cpu().clone();

    public void FromState(Tensor state)
    {
        _value?.Dispose();
        _value = state.clone().DetachFromDisposeScope();
    }

    public void Dispose()
    {
        _value?.Dispose();
        _value = null;
    }
}
