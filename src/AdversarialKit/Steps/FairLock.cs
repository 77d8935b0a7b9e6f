namespace AdversarialKit;

/// <summary>
/// Lets one thread at a time use a GAN: the one that has waited longest. A run lets go between two iterations, so that a call of another
/// thread waits for the iteration under way and no longer; a lock that favoured the thread that runs already would let it starve.
/// </summary>
/// <remarks>A thread that holds it may enter again. Uncontended it costs two locks of an object, some 50 ns.</remarks>
internal sealed class FairLock
{
    private readonly object _gate = new();
    private readonly LinkedList<int> _waiting = new();
    private int _owner;
    private int _depth;

    /// <summary>Waits for its turn, and holds the GAN until the result is disposed, on the same thread.</summary>
    public Held Enter()
    {
        var thread = Environment.CurrentManagedThreadId;
        lock (_gate)
        {
            if (_owner != thread)
            {
                WaitForTurn(thread);
            }

            _depth++;
        }

        return new Held(this);
    }

    private void WaitForTurn(int thread)
    {
        if (_depth > 0 || _waiting.Count > 0)
        {
            var place = _waiting.AddLast(thread);
            try
            {
                while (_depth > 0 || _waiting.First != place)
                {
                    Monitor.Wait(_gate);
                }
            }
            catch (ThreadInterruptedException)
            {
                // It may have been this one's turn.
                Monitor.PulseAll(_gate);
                throw;
            }
            finally
            {
                _waiting.Remove(place);
            }
        }

        _owner = thread;
    }

    private void Exit()
    {
        lock (_gate)
        {
            if (--_depth == 0)
            {
                _owner = 0;
                if (_waiting.Count > 0)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }

    internal readonly struct Held(FairLock? held) : IDisposable
    {
        public void Dispose() => held?.Exit();
    }
}
