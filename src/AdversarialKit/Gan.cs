using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>
/// A built GAN: two compiled steps over shared weights. The discriminator step may move the discriminator; the generator
/// step, on the <see cref="Combined"/> model, may move the generator alone.
/// </summary>
/// <remarks>
/// What each step may move was fixed at <see cref="GanBuilder.Build"/>; no flag set on a module afterwards changes it. The
/// modules remain the caller's; optimizers and generators of randomness are the GAN's and go with it. Any thread may call it: a call waits
/// for the iteration or the other call that is under way, and the run's bits are those of the undisturbed one.
/// </remarks>
public sealed partial class Gan : IDisposable
{
    private readonly GanParts _parts;
    private readonly ILogger<Gan> _logger;
    private bool _disposed;

    internal Gan(GanParts parts, ILogger<Gan> logger)
    {
        _parts = parts;
        _logger = logger;
        Combined = new CombinedModel(parts.Generator, parts.Discriminator, parts.Lock, parts.Latents);
        System = new AdversarialSystem(GanSystem.Of(parts, Combined), logger) { Gan = this };
        LogWhatWasBuilt();
    }

    /// <summary>
    /// The system that this GAN is: two networks, a step named <c>discriminator</c> and one named <c>generator</c>. Its steps can be run by
    /// name, and its numbers read one by one.
    /// </summary>
    public AdversarialSystem System { get; }

    /// <summary>The combined model latent -> generator -> discriminator, which may move the generator alone.</summary>
    public CombinedModel Combined { get; }

    /// <summary>The seed, as given or as drawn by <see cref="GanBuilder.Build"/>.</summary>
    public long Seed => System.Seed;

    /// <summary>How many real batches <see cref="TrainStep(ReadOnlySpan{Batch})"/> takes: one per discriminator step.</summary>
    public int DiscriminatorSteps => _parts.DiscriminatorSteps;

    /// <summary>The number of generator steps made so far.</summary>
    public long Iteration => System.Iteration;

    /// <summary>The number of real samples that discriminator steps were given so far, repeated ones included.</summary>
    public long SamplesSeen => System.SamplesSeen;

    /// <summary>The evaluations that runs made since the first iteration, checkpoints' included; see <see cref="FitOptions.Evaluation"/>.</summary>
    public IReadOnlyList<EvaluationResult> Evaluations => System.History.All;

    /// <summary>Draws latents from the stream of samples, which is not that of training: sampling never changes a run.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>Latents <c>[count, ...]</c> that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public Tensor DrawLatents(long count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        using var held = System.Gate.Enter();
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _parts.Latents.Draw(count, _parts.SamplingRandom);
    }

    /// <summary>
    /// Makes samples from fresh latents, in inference mode and, where <see cref="GanBuilder.WithGeneratorAverage"/> was
    /// called, with the averaged weights.
    /// </summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="condition">One label per sample, for a conditional GAN; else null.</param>
    /// <param name="batchSize">How many pass through the generator at once, at least 1. Default: 500.</param>
    /// <returns>Samples <c>[count, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The condition does not fit.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public Tensor Sample(long count, Tensor? condition = null, int batchSize = 500)
    {
        using var latents = DrawLatents(count);
        return Generate(latents, condition, batchSize);
    }

    /// <summary>Makes samples from given latents, in inference mode: the same latents show the same samples as they grow.</summary>
    /// <param name="latents">Latents <c>[N, ...]</c>, as from <see cref="DrawLatents"/>; remain the caller's.</param>
    /// <param name="condition">One label per latent, for a conditional GAN; else null.</param>
    /// <param name="batchSize">How many pass through the generator at once, at least 1. Default: 500.</param>
    /// <returns>Samples <c>[N, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="latents"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The latents or the condition do not fit.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    /// <remarks>
    /// A generator that draws noise from the generator that torch shares among all gets a sequence that follows from the seed and the latents;
    /// torch's own stays where it was.
    /// </remarks>
    public Tensor Generate(Tensor latents, Tensor? condition = null, int batchSize = 500) =>
        Make(latents, GeneratorWeights.Average, condition, batchSize);

    /// <summary>The same for observers and evaluations: a generator that draws does so from a stream of theirs, too.</summary>
    internal Tensor Generate(Tensor latents, Tensor? condition, Generator random) => Make(latents, GeneratorWeights.Average, condition, 500, random);

    private Tensor Make(Tensor latents, GeneratorWeights weights, Tensor? condition, int batchSize, Generator? stream = null)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        using var held = System.Gate.Enter();
        ObjectDisposedException.ThrowIf(_disposed, this);
        _parts.Latents.Check(latents);
        using var scope = NewDisposeScope();
        using var noise = SharedNoise.Of(Seed, latents);
        using var noGraph = no_grad();
        var labels = _parts.BatchCheck.CheckCondition(condition, latents.shape[0]);
        using var averaged = weights == GeneratorWeights.Average ? _parts.Average?.Swap() : null;
        // With an average the live buffers come back by themselves; without, a layer that counts would go on counting.
        using var buffers = averaged is null ? _parts.Generator.IsolateBuffers() : default;
        using var mode = _parts.Generator.InMode(training: false);
        using var random = new LentRandom(_parts.Generator.Module, stream ?? _parts.SamplingRandom);
        var chunks = new List<Tensor>();
        for (var start = 0L; start < latents.shape[0]; start += batchSize)
        {
            var length = Math.Min(batchSize, latents.shape[0] - start);
            chunks.Add(_parts.Generator.ForwardInFull(latents.narrow(0, start, length), labels?.narrow(0, start, length)).Output);
        }

        return cat(chunks).MoveToOuterDisposeScope();
    }

    /// <summary>Makes samples from fresh latents, with weights of choice.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="weights">The averaged weights or the live ones.</param>
    /// <param name="condition">One row per sample, for a conditional GAN; else null.</param>
    /// <param name="batchSize">How many pass through the generator at once, at least 1. Default: 500.</param>
    /// <returns>Samples <c>[count, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> or <paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The condition does not fit.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public Tensor Sample(long count, GeneratorWeights weights, Tensor? condition = null, int batchSize = 500)
    {
        using var latents = DrawLatents(count);
        return Generate(latents, weights, condition, batchSize);
    }

    /// <summary>Makes samples from given latents, with weights of choice.</summary>
    /// <param name="latents">Latents <c>[N, ...]</c>, as from <see cref="DrawLatents"/>; remain the caller's.</param>
    /// <param name="weights">The averaged weights or the live ones.</param>
    /// <param name="condition">One row per latent, for a conditional GAN; else null.</param>
    /// <param name="batchSize">How many pass through the generator at once, at least 1. Default: 500.</param>
    /// <returns>Samples <c>[N, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="latents"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The latents or the condition do not fit.</exception>
    /// <exception cref="ObjectDisposedException">The GAN was disposed.</exception>
    public Tensor Generate(Tensor latents, GeneratorWeights weights, Tensor? condition = null, int batchSize = 500) =>
        Make(latents, weights, condition, batchSize);

    /// <summary>What was built: networks with parameter counts, loss, penalties, optimizers, schedules. A few lines.</summary>
    /// <returns>Text for logs and bug reports.</returns>
    public string Describe() => System.Describe();

    /// <summary>Disposes optimizers and generators of randomness. The modules stay alive.</summary>
    public void Dispose()
    {
        using var held = System.Gate.Enter();
        _disposed = true;
        System.Dispose();
    }

    private void LogWhatWasBuilt()
    {
        if (_logger.IsEnabled(LogLevel.Information))
        {
            GanLog.Built(_logger, Describe());
        }

        var precision = _parts.Generator.ComputesInBFloat16
            ? FastBFloat16.Remark(_parts.Generator.Device.type, FastBFloat16.OnThisProcessor())
            : null;
        var optimizers = new[] { _parts.DiscriminatorOptimizer, _parts.GeneratorOptimizer }.Select(NamedOptimizerState.FaultOf).Distinct()
            .Select(fault => fault is null ? null : "Checkpoints cannot be written. " + fault);
        foreach (var remark in (_parts.Augmentation?.Remarks(_parts.BatchCheck.SampleShape) ?? []).Append(precision).Concat(optimizers).OfType<string>())
        {
            GanLog.Remark(_logger, remark);
        }
    }
}
