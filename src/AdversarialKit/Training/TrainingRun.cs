using System.Threading.Channels;

namespace AdversarialKit;

/// <summary>
/// A run on a thread of its own, made by <c>Gan.FitAsync</c>: enumerate it for its progress, await <see cref="Result"/>
/// for its end. Tensors stay on the training thread; a reader that is slow misses reports and never holds the run up.
/// </summary>
/// <remarks>
/// It can be enumerated once. Leaving the enumeration early cancels the run and waits for its last checkpoint. The GAN may be used
/// meanwhile, from any thread: calls wait for the iteration under way. Who trains or loads meanwhile takes part in the run.
/// </remarks>
public sealed class TrainingRun : IAsyncEnumerable<TrainingProgress>, IAsyncDisposable
{
    private const int Capacity = 64;

    private readonly Channel<TrainingProgress> _progress = Channel.CreateBounded<TrainingProgress>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true });

    private readonly TaskCompletionSource<FitResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _left = new();
    private readonly int _threads = get_num_threads();
    private int _enumerated;
    private int _disposed;

    internal TrainingRun(Func<Action<TrainingProgress>, CancellationToken, FitResult> run, CancellationToken token)
    {
        var thread = new Thread(() => Run(run, token)) { IsBackground = true, Name = "AdversarialKit training" };
        thread.Start();
    }

    /// <summary>How the run ended; faulted with the exception that ended it, where one did.</summary>
    public Task<FitResult> Result => _result.Task;

    /// <summary>The progress of the run, every <see cref="FitOptions.ProgressInterval"/> iterations. Throws at its end what ended the run, if anything did.</summary>
    /// <param name="cancellationToken">Ends the enumeration, and with it the run.</param>
    /// <returns>The reports.</returns>
    /// <exception cref="InvalidOperationException">It is enumerated already.</exception>
    public IAsyncEnumerator<TrainingProgress> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _enumerated, 1) != 0)
        {
            throw new InvalidOperationException("The progress of a run can be enumerated once; await Result for its end.");
        }

        return Enumerate(cancellationToken);
    }

    /// <summary>Cancels the run where it still goes on, and waits for its last checkpoint.</summary>
    /// <returns>A task that ends with the run; what ended it stays with <see cref="Result"/>.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _left.CancelAsync().ConfigureAwait(false);
            await ((Task)_result.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _left.Dispose();
        }
    }

    private async IAsyncEnumerator<TrainingProgress> Enumerate(CancellationToken token)
    {
        try
        {
            await foreach (var progress in _progress.Reader.ReadAllAsync(token).ConfigureAwait(false))
            {
                yield return progress;
            }
        }
        finally
        {
            // What ended the run with an exception has come out of the channel already.
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Run(Func<Action<TrainingProgress>, CancellationToken, FitResult> run, CancellationToken token)
    {
        Exception? error = null;
        try
        {
            // torch's number of threads is a setting of each thread.
            set_num_threads(_threads);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, _left.Token);
            _result.SetResult(run(progress => _progress.Writer.TryWrite(progress), either.Token));
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to who awaits the run; on this thread it would end the process.
        catch (Exception caught)
#pragma warning restore CA1031
        {
            error = caught;
            _result.SetException(caught);
            _ = _result.Task.Exception;
        }

        _progress.Writer.Complete(error);
    }
}
