namespace AdversarialKit;

/// <summary>
/// All networks of a system in inference mode, with averaged weights where there are some, for as long as it lives. Nothing of it stays:
/// weights, buffers, modes and torch's shared randomness come back as they were.
/// </summary>
internal sealed class Inference : IDisposable
{
    private readonly Stack<IDisposable> _held = new();

    /// <param name="parts">The system's.</param>
    /// <param name="random">What samples are drawn from: torch's noise follows from where it stands meanwhile.</param>
    public Inference(SystemParts parts, Generator random)
    {
        try
        {
            if (parts.Networks.Any(network => LentRandom.IsDrawnFromBy(network.Module)))
            {
                // A network that draws shall not draw the same once more, even where nothing else is drawn for the samples.
                rand(1, generator: random).Dispose();
            }

            _held.Push(SharedNoise.Of(parts.Seed, random));
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
