using System.Diagnostics;

namespace AdversarialKit;

/// <summary>Makes numbered things ahead of their use, on other threads, and gives them out in order.</summary>
/// <param name="make">Makes one; called on several threads at once.</param>
/// <param name="threads">How many at once.</param>
internal sealed class MadeAhead<T>(Func<long, CancellationToken, T> make, int threads) : IDisposable
{
    private readonly TaskFactory _work = new(
        CancellationToken.None,
        TaskCreationOptions.DenyChildAttach,
        TaskContinuationOptions.None,
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler);

    private readonly Queue<Task<T>> _made = new();
    private CancellationTokenSource _stop = new();
    private long _next;

    /// <summary>How long <see cref="Take"/> waited for things that were not ready, in all.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The thing of a number. Those that follow are made meanwhile.</summary>
    /// <exception cref="Exception">What making it threw; the next call tries again.</exception>
    public T Take(long number)
    {
        if (_made.Count == 0 || number != _next)
        {
            Forget();
            _next = number;
        }

        // One more for each thread than are being made, so that there is one to take while others are under way.
        while (_made.Count < 2 * threads)
        {
            var (ahead, stop) = (_next + _made.Count, _stop.Token);
            _made.Enqueue(_work.StartNew(() => make(ahead, stop), stop));
        }

        try
        {
            var thing = Await(_made.Peek());
            _made.Dequeue();
            _next++;
            return thing;
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>Stops what is being made, waits until it has stopped, and throws away what was made.</summary>
    public void Forget()
    {
        _stop.Cancel();
        foreach (var task in _made)
        {
            // What was made for nobody may have failed for nobody.
            task.ContinueWith(_ => { }, TaskContinuationOptions.ExecuteSynchronously).Wait();
            _ = task.Exception;
        }

        _made.Clear();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    public void Dispose()
    {
        Forget();
        _stop.Dispose();
    }

    private T Await(Task<T> task)
    {
        if (!task.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            Waited += Stopwatch.GetElapsedTime(start);
        }

        return task.GetAwaiter().GetResult();
    }
}
