namespace AdversarialKit;

/// <summary>
/// Until disposed, what draws from the generator that torch shares (dropout, Gumbel-softmax) draws from another one instead, which moves on by
/// it; afterwards the shared one stands where it stood.
/// </summary>
internal readonly struct LentRandom : IDisposable
{
    private readonly Generator _lent;
    private readonly Tensor _shared;

    public LentRandom(Generator lent)
    {
        _lent = lent;
        _shared = RandomState.CaptureGlobal().DetachFromDisposeScope();
        using var state = RandomState.Capture(lent);
        RandomState.RestoreGlobal(state);
    }

    public void Dispose()
    {
        using (var state = RandomState.CaptureGlobal())
        {
            RandomState.Restore(_lent, state);
        }

        RandomState.RestoreGlobal(_shared);
        _shared.Dispose();
    }
}
