using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdversarialKit;

/// <summary>
/// Settings of the whole process that make training faster. Nothing in this library changes them by itself: call
/// <see cref="Apply"/> once, as the first call of a program: before any tensor is made, so that it can say how torch's threads shall wait.
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
    private readonly ILogger _logger;
    private bool _disposed;

    private TorchTuning(ILogger logger) => _logger = logger;

    /// <summary>One for each setting that the options allowed to change, in the order in which they were tried.</summary>
    public IReadOnlyList<TuningOutcome> Outcomes => _outcomes.AsReadOnly();

    /// <summary>Measures and sets what the options allow.</summary>
    /// <param name="options">What may be changed; null: everything.</param>
    /// <param name="loggerFactory">Where the outcomes are logged to, at the level of information; null: nowhere.</param>
    /// <returns>What was done. Disposing it puts the settings back.</returns>
    /// <exception cref="DllNotFoundException">TorchSharp's native library cannot be loaded; the message names the true cause.</exception>
    public static TorchTuning Apply(TorchTuningOptions? options = null, ILoggerFactory? loggerFactory = null)
    {
        options ??= new TorchTuningOptions();
        var tuning = new TorchTuning((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<TorchTuning>());
        try
        {
            if (options.Waiting)
            {
                tuning.Pull(new ThreadWaiting());
            }

            NativeTorch.EnsureLoaded();
            foreach (var lever in Levers(options))
            {
                tuning.Pull(lever);
            }

            return tuning;
        }
        catch
        {
            tuning.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Chooses this thread's number of torch threads by the time of the GAN's own iteration: the fewest that take at most a ninth longer
    /// than the fastest, from the present number by halves. More threads cost more processor time, and they wait for each other where the
    /// machine is shared. The number decides the bits of a run, so choose once, before its first iteration, and set the number that a
    /// checkpoint was written with before resuming.
    /// </summary>
    /// <remarks>
    /// The GAN makes 6 to 80 iterations for each number that is tried, and then everything is put back to the last byte: weights, buffers,
    /// gradients, averages, optimizers, penalties, augmentation, counters, generators of randomness. State that a module or latent of your
    /// own keeps elsewhere than in parameters and buffers is not. Other threads wait meanwhile.
    /// </remarks>
    /// <param name="gan">The GAN; is left as it was.</param>
    /// <param name="batches">As many real batches as an iteration takes; remain the caller's.</param>
    /// <returns>What was found, which is the newest of <see cref="Outcomes"/> as well.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="gan"/> is null.</exception>
    /// <exception cref="ArgumentException">The number of batches is wrong, or one does not fit the networks; nothing was changed.</exception>
    /// <exception cref="NotSupportedException">An optimizer keeps its state in native code, as LBFGS does.</exception>
    /// <exception cref="InvalidOperationException">The GAN is one rank of several.</exception>
    /// <exception cref="ObjectDisposedException">The GAN or this was disposed.</exception>
    public TuningOutcome ChooseThreads(Gan gan, params ReadOnlySpan<Batch> batches)
    {
        ArgumentNullException.ThrowIfNull(gan);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (gan.System.Team is { } team)
        {
            throw new InvalidOperationException(
                $"The GAN is one rank of {team.Size}: each would try another number of iterations and wait for the others. Set torch.set_num_threads on every rank, to its share of the machine's cores.");
        }

        var drawn = batches.ToArray();
        using var held = gan.System.Gate.Enter();
        using var kept = gan.System.KeepState();
        return Pull(new ThreadCount(PairedTiming.RatioOfSteps) { Iteration = () => gan.Iterate(drawn) });
    }

    /// <inheritdoc cref="ChooseThreads(Gan, ReadOnlySpan{Batch})"/>
    /// <exception cref="ArgumentNullException"><paramref name="gan"/> or <paramref name="batches"/> is null.</exception>
    public TuningOutcome ChooseThreads(Gan gan, params Batch[] batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return ChooseThreads(gan, batches.AsSpan());
    }

    /// <summary>Puts the settings back, the last changed first. Does nothing the second time.</summary>
    public void Dispose()
    {
        _disposed = true;
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

    private TuningOutcome Pull(ITuningLever lever)
    {
        _pulled.Add(lever);
        var outcome = lever.Pull();
        _outcomes.Add(outcome);
        TuningLog.Tried(_logger, outcome.Setting, outcome.Changed, outcome.Explanation);
        return outcome;
    }
}
