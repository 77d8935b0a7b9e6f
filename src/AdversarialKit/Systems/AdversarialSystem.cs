using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>
/// An adversarial system: named networks, compiled steps in an order, and stateful pieces such as averages and histories. A GAN is
/// the system of two steps that most people want; see <see cref="Gan.System"/>. Made by <see cref="AdversarialSystemBuilder"/>.
/// </summary>
/// <remarks>
/// What each step may move was fixed at <c>Build()</c>; no flag set on a module afterwards changes it. The modules remain the caller's;
/// optimizers, pieces and generators of randomness are the system's and go with it. Any thread may call it: a call waits for the iteration
/// or the other call that is under way, and finds weights, buffers and modes as an iteration leaves them.
/// </remarks>
public sealed partial class AdversarialSystem : IDisposable
{
    private readonly SystemParts _parts;
    private readonly SharedTensors _shared = new();
    private readonly FairLock _gate;
    private readonly SystemState _state;
    private readonly ILogger _logger;
    private bool _disposed;

    internal AdversarialSystem(SystemParts parts, ILogger logger)
    {
        _parts = parts;
        _gate = parts.Gate;
        _logger = logger;
        _state = new SystemState(parts);
        Team = parts.Team;
        Networks = [.. parts.Networks.Select(network => new FrozenParameterView(network, parts.Gate))];
    }

    /// <summary>The networks, in the order in which they were named. Nothing can be moved through these views.</summary>
    public IReadOnlyList<FrozenParameterView> Networks { get; }

    /// <summary>The steps, in the order in which an iteration makes them.</summary>
    public IReadOnlyList<CompiledStep> Steps => _parts.Steps;

    /// <summary>The seed, as given or as drawn by <c>Build()</c>.</summary>
    public long Seed => _parts.Seed;

    /// <summary>How many batches an iteration takes: as many as the step that comes most often.</summary>
    public int BatchesPerIteration => _parts.BatchesPerIteration;

    /// <summary>The number of iterations completed so far.</summary>
    public long Iteration { get; internal set; }

    /// <summary>The number of samples in the batches of all iterations so far, repeated ones included.</summary>
    public long SamplesSeen { get; internal set; }

    /// <summary>The evaluations that runs made since the first iteration, checkpoints' included; see <see cref="FitOptions.Evaluation"/>.</summary>
    public IReadOnlyList<EvaluationResult> Evaluations => _state.Evaluations.All;

    /// <summary>The GAN that is this system; null where it is another.</summary>
    public Gan? Gan { get; internal init; }

    /// <summary>
    /// Held by whatever runs a network or moves anything, and by nothing that calls back to the caller between iterations: a callback may
    /// wait for a thread that waits for a sample.
    /// </summary>
    internal FairLock Gate => _gate;

    internal SystemParts Parts => _parts;

    internal ILogger Logger => _logger;

    internal EvaluationHistory History => _state.Evaluations;

    /// <summary>What was built: networks with parameter counts, steps with what they train and see, pieces. A few lines.</summary>
    /// <returns>Text for logs and bug reports.</returns>
    public string Describe() => _parts.Describe(_parts.Seed);

    // A GAN's user knows the GAN, not the system that it is.
    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, (object?)Gan ?? this);

    /// <summary>Disposes optimizers, pieces and generators of randomness. The modules stay alive.</summary>
    public void Dispose()
    {
        using var held = _gate.Enter();
        if (!_disposed)
        {
            _disposed = true;
            _shared.Clear();
            _state.Dispose();
            LeaveTeam();
            _parts.Dispose();
        }
    }
}
