using System.Globalization;
using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// Ctrl-C, a request to terminate, or a terminal that is gone: the first cancels <see cref="Token"/>, so that what there is
/// gets written; the same once more ends the process at once. For programs that train.
/// </summary>
/// <remarks>
/// <para>A hangup never ends the process at once: a closed terminal sends it twice, through its shell and through the system. Where it is ignored, as
/// under nohup, it stays so.</para>
/// <code>
/// return StopSignal.Heed(Console.Error, stop =>
/// {
///     var result = gan.Fit(batches, options, stop.Token);
///     return result.Reason == StopReason.Cancelled ? stop.ExitCode : 0;
/// });
/// </code>
/// </remarks>
public sealed class StopSignal : IDisposable
{
    private const int SignalExitCode = 128;

    private static readonly (PosixSignal Signal, int Number)[] _heeded = [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<PosixSignal> _taken = [];
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Listens from now on until it is disposed.</summary>
    public StopSignal()
    {
        var ignored = Ignored();
        foreach (var (signal, number) in _heeded.Where(heeded => (ignored >> (heeded.Number - 1) & 1) == 0))
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = Take(signal)));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What shells report of a program that the signal ended: 128 and its number, 129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM.</summary>
    /// <value>130, that of Ctrl-C, before there is any.</value>
    public int ExitCode { get; private set; } = SignalExitCode + 2;

    /// <summary>Does work that signals stop, and says so.</summary>
    /// <param name="error">Gets the word <c>Stopped.</c> where the work gave up at its token.</param>
    /// <param name="work">The work, on the calling thread; returns an exit code.</param>
    /// <returns>What the work returned, or <see cref="ExitCode"/> where it gave up.</returns>
    public static int Heed(TextWriter error, Func<StopSignal, int> work)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(work);
        using var stop = new StopSignal();
        try
        {
            return work(stop);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            error.WriteLine("Stopped.");
            return stop.ExitCode;
        }
    }

    /// <summary>Listens no longer: a signal then does what it does to any program.</summary>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }

    /// <summary>Takes a signal; false where the process is to end as if nobody had listened.</summary>
    internal bool Take(PosixSignal signal)
    {
        lock (_taken)
        {
            if (!_taken.Add(signal))
            {
                return signal == PosixSignal.SIGHUP;
            }

            if (_taken.Count == 1)
            {
                ExitCode = SignalExitCode + Array.Find(_heeded, heeded => heeded.Signal == signal).Number;
            }
        }

        _stop.Cancel();
        return true;
    }

    // A bit for each signal, the lowest for the first. The runtime would listen to an ignored one all the same.
    private static ulong Ignored()
    {
        const string Line = "SigIgn:";
        return OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Line, StringComparison.Ordinal)) is { } found
            ? ulong.Parse(found.AsSpan(Line.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : 0;
    }
}
