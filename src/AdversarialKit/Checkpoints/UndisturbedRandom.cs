namespace AdversarialKit;

/// <summary>
/// Puts torch's shared generator of randomness back when it is disposed: training draws dropout and noise from it, so looking at a network
/// whose forward pass draws must not move it.
/// </summary>
internal readonly struct UndisturbedRandom : IDisposable
{
    private readonly Tensor _state;

    public UndisturbedRandom() => _state = RandomState.CaptureGlobal().DetachFromDisposeScope();

    public void Dispose()
    {
        RandomState.RestoreGlobal(_state);
        _state.Dispose();
    }
}
