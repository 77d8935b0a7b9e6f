using System.Runtime.InteropServices;

namespace MnistGan;

/// <summary>
/// Ctrl-C, or a request to terminate: the first cancels <see cref="Token"/>, so that what there is gets written; the
/// second ends the process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = Take()),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => context.Cancel = Take()),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    /// <summary>Takes a signal; false where the process is to end as if nobody had listened.</summary>
    internal bool Take()
    {
        if (_stop.IsCancellationRequested)
        {
            return false;
        }

        _stop.Cancel();
        return true;
    }
}
