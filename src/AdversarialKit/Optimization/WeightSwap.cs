namespace AdversarialKit;

/// <summary>
/// Other values in live tensors, until disposed. Values are copied, storages stay, so that optimizers and frozen views
/// that share them remain valid.
/// </summary>
internal sealed class WeightSwap : IDisposable
{
    private readonly Tensor[] _live;
    private readonly Tensor[] _kept;
    private readonly Action _ended;
    private bool _disposed;

    public WeightSwap(Tensor[] live, Tensor[] visiting, Action ended)
    {
        _live = live;
        _ended = ended;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _kept = Array.ConvertAll(live, tensor => tensor.detach().clone().DetachFromDisposeScope());
        try
        {
            Copy(visiting, live);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Copy(_kept, _live);
        Array.ForEach(_kept, tensor => tensor.Dispose());
        _ended();
    }

    private static void Copy(Tensor[] from, Tensor[] to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i].copy_(from[i]);
        }
    }
}
