namespace AdversarialKit;

/// <summary>
/// Until disposed, a network that draws in inference mode (Gumbel-softmax) draws from another generator than the one that torch shares, and
/// moves that one on; afterwards the shared one stands where it stood. Others are let alone: the shared one belongs to all threads.
/// </summary>
internal readonly struct LentRandom : IDisposable
{
    private readonly Generator? _lent;
    private readonly Tensor? _shared;

    public LentRandom(nn.Module network, Generator lent)
    {
        if (!IsDrawnFromBy(network))
        {
            return;
        }

        _lent = lent;
        _shared = RandomState.CaptureGlobal().DetachFromDisposeScope();
        using var state = RandomState.Capture(lent);
        RandomState.RestoreGlobal(state);
    }

    /// <summary>Whether a network draws in inference mode, so that a second pass over the same input shall give another result.</summary>
    public static bool IsDrawnFromBy(nn.Module network) => network.modules().Prepend(network).Any(module => module is GumbelSoftmax);

    public void Dispose()
    {
        if (_lent is null)
        {
            return;
        }

        using (var state = RandomState.CaptureGlobal())
        {
            RandomState.Restore(_lent, state);
        }

        RandomState.RestoreGlobal(_shared!);
        _shared!.Dispose();
    }
}
