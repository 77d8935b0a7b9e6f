using System.Runtime.ExceptionServices;

namespace AdversarialKit;

/// <summary>Threads that run torch's operations by themselves, without helpers.</summary>
/// <remarks>
/// Several requests side by side use the cores better than helpers within one operation do, which wait for each other; and the bits of a
/// row depend on how many helpers there are, but hardly on its batch where there are none.
/// </remarks>
internal static class TorchThread
{
    private static readonly object _starting = new();

    /// <summary>Starts a thread. Other threads, later ones too, keep the number of helpers that they have.</summary>
    public static Thread Start(string name, Action work)
    {
        var alone = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            // The first call makes torch give this thread the process's number, which would otherwise come later and undo the second.
            _ = get_num_threads();
            set_num_threads(1);
            alone.Set();
            work();
        })
        { Name = name, IsBackground = true };

        // torch gives a new thread the number that was set last, whichever thread set it. So one more thread sets the usual number again.
        lock (_starting)
        {
            var keeper = new Thread(() =>
            {
                var usual = get_num_threads();
                thread.Start();
                alone.Wait();
                set_num_threads(usual);
            });
            keeper.Start();
            keeper.Join();
        }

        alone.Dispose();
        return thread;
    }

    /// <summary>Does work on such a thread and waits for it. No dispose scope of the caller gets hold of what it makes.</summary>
    public static T Run<T>(string name, Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? fault = null;
        Start(name, () =>
        {
            try
            {
                result = work();
            }
#pragma warning disable CA1031 // It goes on to the caller, whatever it is.
            catch (Exception caught)
#pragma warning restore CA1031
            {
                fault = ExceptionDispatchInfo.Capture(caught);
            }
        }).Join();
        fault?.Throw();
        return result!;
    }
}
