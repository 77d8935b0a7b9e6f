namespace AdversarialKit;

/// <summary>
/// All networks of a system in inference mode, with averaged weights where there are some, for as long as it lives. Nothing of it stays:
/// weights, buffers, modes and torch's shared randomness come back as they were.
/// </summary>
internal sealed class Inference : IDisposable
{
    private readonly Stack<IDisposable> _held = new();

    public Inference(SystemParts parts)
    {
        try
        {
            _held.Push(new UndisturbedRandom());
            _held.Push(no_grad());
            foreach (var network in parts.Networks)
            {
                network.ThrowIfGone();
                var average = parts.Averages.FirstOrDefault(candidate => candidate.Network == network);

                // With an average the live buffers come back by themselves; without, a layer that counts would go on counting.
                _held.Push(average is null ? network.IsolateBuffers() : average.Average.Swap());
                _held.Push(network.InMode(training: false));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        while (_held.TryPop(out var held))
        {
            held.Dispose();
        }
    }
}
