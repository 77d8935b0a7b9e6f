using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdversarialKit;

/// <summary>
/// Settings of the whole process that make training faster. Nothing in this library changes them by itself: call
/// <see cref="Apply"/> once at the start of a program, before the networks are made.
/// </summary>
/// <remarks>
/// Each setting is kept only where this machine gains from it, as measured in the call, which takes a fraction of a second.
/// The same settings give the same bits from run to run; <see cref="Outcomes"/> says which they are, and another machine
/// may come to others. docs/performance.md has the measurements.
/// </remarks>
/// <example><code>
/// using var tuning = TorchTuning.Apply();   // disposing puts the settings back; without `using` they stay
/// Console.WriteLine(tuning);
/// </code></example>
public sealed class TorchTuning : IDisposable
{
    private readonly List<ITuningLever> _pulled = [];
    private readonly List<TuningOutcome> _outcomes = [];

    private TorchTuning()
    {
    }

    /// <summary>One for each setting that the options allowed to change, in the order in which they were tried.</summary>
    public IReadOnlyList<TuningOutcome> Outcomes => _outcomes.AsReadOnly();

    /// <summary>Measures and sets what the options allow.</summary>
    /// <param name="options">What may be changed; null: everything.</param>
    /// <param name="loggerFactory">Where the outcomes are logged to, at the level of information; null: nowhere.</param>
    /// <returns>What was done. Disposing it puts the settings back.</returns>
    /// <exception cref="DllNotFoundException">TorchSharp's native library cannot be loaded; the message names the true cause.</exception>
    public static TorchTuning Apply(TorchTuningOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        NativeTorch.EnsureLoaded();
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<TorchTuning>();
        var tuning = new TorchTuning();
        try
        {
            tuning.Pull(Levers(options ?? new TorchTuningOptions()), logger);
            return tuning;
        }
        catch
        {
            tuning.Dispose();
            throw;
        }
    }

    /// <summary>Puts the settings back, the last changed first. Does nothing the second time.</summary>
    public void Dispose()
    {
        for (var i = _pulled.Count - 1; i >= 0; i--)
        {
            _pulled[i].Release();
        }

        _pulled.Clear();
    }

    /// <summary>The outcomes, one a line.</summary>
    /// <returns>Text for logs and bug reports.</returns>
    public override string ToString() => string.Join('\n', _outcomes.Select(outcome => outcome.Explanation));

    // The allocator first, since it colours every measurement; the threads last, since the products decide their number.
    private static IEnumerable<ITuningLever> Levers(TorchTuningOptions options)
    {
        if (options.Allocator)
        {
            yield return new GlibcAllocator();
        }

        if (options.Float32Products)
        {
            yield return new OneDnnProducts(PairedTiming.Ratio);
        }

        if (options.Threads)
        {
            yield return new ThreadCount(PairedTiming.Ratio);
        }
    }

    private void Pull(IEnumerable<ITuningLever> levers, ILogger logger)
    {
        foreach (var lever in levers)
        {
            _pulled.Add(lever);
            var outcome = lever.Pull();
            _outcomes.Add(outcome);
            TuningLog.Tried(logger, outcome.Setting, outcome.Changed, outcome.Explanation);
        }
    }
}
