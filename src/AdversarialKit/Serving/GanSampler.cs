using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdversarialKit;

/// <summary>
/// Makes samples for any number of callers at once, as a service does: apart from training, with a copy of the generator in inference mode that
/// is the sampler's own. The same seed gives the same samples, bit for bit, whatever else is asked for meanwhile.
/// </summary>
/// <remarks>
/// <para>Requests that come together pass through the generator together where that changes no bit of a sample, which is tried when the sampler
/// is made; a generator whose samples depend on their batch gets a batch for each request. "The same" means: of the same weights, for the same
/// count, with the same options, on the same machine.</para>
/// <para>All members may be called from any thread.</para>
/// </remarks>
public sealed partial class GanSampler : IDisposable
{
    private readonly GeneratorSupply _supply;
    private readonly SamplerInputs _inputs;
    private readonly SampleQueue _queue;
    private readonly Thread[] _threads;
    private readonly SamplerReloading _reloading;
    private int _disposed;

    private GanSampler(SamplerPlan plan, GeneratorSupply supply, GanSamplerOptions options)
    {
        _supply = supply;
        var network = supply.Current.Network;
        _inputs = new SamplerInputs(plan, network);
        BatchSizes = TorchThread.Run("AdversarialKit sampler trial", () => GeneratorTrial.Measure(supply.Current, plan, options.LargestBatch));
        BatchSizes = options.KeepsRequestsApart ? BatchSizes.Alone(options.LargestBatch) : BatchSizes;
        _queue = new SampleQueue(BatchSizes);
        var threads = options.Threads ?? (network.Device.type == DeviceType.CPU ? Environment.ProcessorCount : 1);
        _threads = [.. Enumerable.Range(0, threads).Select(i => TorchThread.Start($"AdversarialKit sampler {i}", Work))];
        _reloading = new SamplerReloading(supply, (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger<GanSampler>(), options.ReloadInterval);
    }

    /// <summary>The checkpoint's directory whose weights make samples now; null where they are a GAN's.</summary>
    public string? Checkpoint => _supply.Current.Origin.Checkpoint;

    /// <summary>Iterations that had made the weights of now.</summary>
    public long Iteration => _supply.Current.Origin.Iteration;

    /// <summary>Whether psi may be other than 1: the generator implements <see cref="IStyleGenerator"/>, and its condition, where it has one, is a class label.</summary>
    public bool Truncates => _inputs.Truncates;

    /// <summary>Why newer weights could not be taken the last time that it was tried; null where they could, or there were none.</summary>
    public Exception? ReloadFault => _reloading.Fault;

    internal BatchSizes BatchSizes { get; }

    /// <summary>Serves the generator of a checkpoint, with the averaged weights where it has them.</summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>; the last two are followed by reloads.</param>
    /// <param name="generator">Makes a module of the generator's build. Called twice, in this call and on another thread; the sampler disposes what it made.</param>
    /// <param name="latent">The latents that it was trained on; drawn from by the threads that ask.</param>
    /// <param name="options">How the sampler works; null: as <see cref="GanSamplerOptions"/> says.</param>
    /// <returns>The sampler, which the caller disposes.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or an option out of range.</exception>
    /// <exception cref="CheckpointException">There is no whole checkpoint, or it is of another network.</exception>
    /// <exception cref="InvalidOperationException">The generator makes samples that are not finite, or other ones when called again.</exception>
    public static GanSampler FromCheckpoint(string path, Func<nn.Module<Tensor, Tensor>> generator, ILatent latent, GanSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(latent);
        return Start(new SamplerPlan(() => SampledNetwork.Of(generator()), latent), SourceOf(path), options);
    }

    /// <summary>Serves the generator of a checkpoint that takes class labels, with the averaged weights where it has them.</summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>; the last two are followed by reloads.</param>
    /// <param name="generator">Makes a module of the generator's build. Called twice, in this call and on another thread; the sampler disposes what it made.</param>
    /// <param name="latent">The latents that it was trained on; drawn from by the threads that ask.</param>
    /// <param name="classes">The number of classes, at least 1: labels are 0 to that less 1.</param>
    /// <param name="options">How the sampler works; null: as <see cref="GanSamplerOptions"/> says.</param>
    /// <returns>The sampler, which the caller disposes.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or <paramref name="classes"/> or an option out of range.</exception>
    /// <exception cref="CheckpointException">There is no whole checkpoint, or it is of another network.</exception>
    /// <exception cref="InvalidOperationException">The generator makes samples that are not finite, or other ones when called again.</exception>
    public static GanSampler FromCheckpoint(
        string path, Func<nn.Module<Tensor, Tensor, Tensor>> generator, ILatent latent, int classes, GanSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(latent);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        return Start(new SamplerPlan(() => SampledNetwork.Of(generator()), latent) { Classes = classes }, SourceOf(path), options);
    }

    /// <summary>Serves the generator of a checkpoint that takes a condition which is no label, with the averaged weights where it has them.</summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>; the last two are followed by reloads.</param>
    /// <param name="generator">Makes a module of the generator's build. Called twice, in this call and on another thread; the sampler disposes what it made.</param>
    /// <param name="latent">The latents that it was trained on; drawn from by the threads that ask.</param>
    /// <param name="conditionShape">The shape of one condition, of the generator's element type; empty for one number.</param>
    /// <param name="options">How the sampler works; null: as <see cref="GanSamplerOptions"/> says.</param>
    /// <returns>The sampler, which the caller disposes.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or an option out of range.</exception>
    /// <exception cref="CheckpointException">There is no whole checkpoint, or it is of another network.</exception>
    /// <exception cref="InvalidOperationException">The generator makes samples that are not finite, or other ones when called again.</exception>
    public static GanSampler FromCheckpoint(
        string path, Func<nn.Module<Tensor, Tensor, Tensor>> generator, ILatent latent, IReadOnlyList<long> conditionShape, GanSamplerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(latent);
        ArgumentNullException.ThrowIfNull(conditionShape);
        var condition = new TensorDeclaration(GanTensors.Condition, null, [.. conditionShape]);
        return Start(new SamplerPlan(() => SampledNetwork.Of(generator()), latent) { Condition = condition }, SourceOf(path), options);
    }

    private static CheckpointWeightsSource SourceOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new CheckpointWeightsSource(path);
    }

    private static GanSampler Start(SamplerPlan plan, IWeightsSource source, GanSamplerOptions? options)
    {
        options ??= new GanSamplerOptions();
        options.Check();

        // Its own threads could tell nobody what keeps torch from loading.
        NativeTorch.EnsureLoaded();
        var supply = GeneratorSupply.Open(plan, source);
        try
        {
            return new GanSampler(plan, supply, options);
        }
        catch
        {
            supply.Dispose();
            throw;
        }
    }
}
