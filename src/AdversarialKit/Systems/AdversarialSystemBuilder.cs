using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AdversarialKit;

/// <summary>Configures an <see cref="AdversarialSystem"/> by fluent calls and builds it once. For the usual GAN, <see cref="GanBuilder"/> is the short way.</summary>
/// <remarks>
/// Needed: <see cref="WithNetwork"/>, <c>WithTensor</c> and <see cref="WithStep"/>, each once or more. Modules stay the caller's; pieces that
/// are <see cref="IDisposable"/> go with the built system. Networks are named in steps by the modules themselves.
/// </remarks>
public sealed class AdversarialSystemBuilder
{
    private readonly SystemConfiguration _configuration = new();
    private ILoggerFactory _loggerFactory = NullLoggerFactory.Instance;
    private bool _built;

    /// <summary>Adds a network.</summary>
    /// <param name="name">Its name in messages and checkpoints: lower-case letters, digits and hyphens.</param>
    /// <param name="network">The module; remains the caller's.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithNetwork(string name, nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(network);
        return Set(c => c.Networks.Add((name, network)));
    }

    /// <summary>Declares a tensor of every batch, of the networks' floating type.</summary>
    /// <param name="name">The name under which steps ask for it, and a <see cref="Batch"/> brings it.</param>
    /// <param name="sampleShape">The shape of one sample, <c>[C, H, W]</c> for images; empty for a number per sample.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithTensor(string name, params long[] sampleShape) => Add(new TensorDeclaration(name, null, sampleShape));

    /// <summary>Declares a tensor of every batch, of a type of its own, such as Int64 labels.</summary>
    /// <param name="name">The name under which steps ask for it, and a <see cref="Batch"/> brings it.</param>
    /// <param name="type">Its element type.</param>
    /// <param name="sampleShape">The shape of one sample; empty for a number per sample.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithTensor(string name, ScalarType type, params long[] sampleShape) => Add(new TensorDeclaration(name, type, sampleShape));

    /// <summary>Adds a step; an iteration makes the steps in the order of these calls.</summary>
    /// <param name="name">Its name in messages, numbers and checkpoints: lower-case letters, digits and hyphens.</param>
    /// <param name="describe">Says what it trains, sees and draws from, what it minimises, and with which optimizer.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithStep(string name, Action<CompiledStepBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(describe);
        var step = new CompiledStepBuilder(name);
        describe(step);
        return Set(c => c.Steps.Add(step));
    }

    /// <summary>Keeps a moving average of a network's weights, updated after each iteration; samples are made with it.</summary>
    /// <param name="network">A network of the system.</param>
    /// <param name="average">Its decay, from <see cref="Ema"/>.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithAverage(nn.Module network, EmaOptions average)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(average);
        return Set(c => c.Averages.Add((network, average)));
    }

    /// <summary>Makes something that carries state part of checkpoints: a <see cref="FakeHistory"/>, a penalty, a loss of your own.</summary>
    /// <param name="name">Its name in checkpoints: lower-case letters, digits and hyphens.</param>
    /// <param name="piece">The piece. Where it is <see cref="IDisposable"/>, it goes with the system.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithPiece(string name, IStateful piece)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(piece);
        return Set(c => c.Pieces.Add((name, piece)));
    }

    /// <summary>Says how samples are made, for <c>AdversarialSystem.Sample</c>, evaluations and reports.</summary>
    /// <param name="sampler">
    /// Calls the modules themselves, which are then in inference mode with averaged weights, and returns samples <c>[N, ...]</c>: as many as its
    /// context asks for, or fewer where a report shall show fewer. Pictures <c>[N, 1 or 3, H, W]</c> in [-1, 1] and points <c>[N, 2]</c> are shown.
    /// </param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithSampler(Func<SamplingContext, Tensor> sampler)
    {
        ArgumentNullException.ThrowIfNull(sampler);
        return Set(c => c.Sampler = sampler);
    }

    /// <summary>Parts each batch of each step, to hold the graph of a part only: the mean gradient is that of the whole batch.</summary>
    /// <param name="microBatches">Forward and backward passes per update, at least 1. Default: 1.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithGradientAccumulation(int microBatches) => Set(c => c.MicroBatches = microBatches);

    /// <summary>In which type networks compute in training; see <see cref="ComputePrecision"/>.</summary>
    /// <param name="precision">Default: the type of the weights.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithComputePrecision(ComputePrecision precision) => Set(c => c.Precision = precision);

    /// <summary>How many samples <c>Build()</c> tries the steps with, where two are too few: packing takes k at once.</summary>
    /// <param name="samples">At least 2. Default: 2.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithTrialSize(int samples) => Set(c => c.TrialSize = samples);

    /// <summary>Moves all networks to a device, before optimizers are made.</summary>
    /// <param name="device">Such as <c>torch.CUDA</c>. Default: where they are.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithDevice(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Set(c => c.Device = device);
    }

    /// <summary>The seed of everything that the system draws by itself.</summary>
    /// <param name="seed">Any number. Default: one that is drawn at <see cref="Build"/>.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithSeed(long seed) => Set(c => c.Seed = seed);

    /// <summary>Makes this process one rank of several; see <see cref="GanBuilder.WithCollective"/>.</summary>
    /// <param name="collective">The ranks; remains the caller's, who disposes it after the system.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithCollective(ICollective collective)
    {
        ArgumentNullException.ThrowIfNull(collective);
        return Set(c => c.Team = Team.Of(collective));
    }

    /// <summary>Where messages go.</summary>
    /// <param name="loggerFactory">Default: nowhere.</param>
    /// <returns>This builder.</returns>
    public AdversarialSystemBuilder WithLogger(ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        _loggerFactory = loggerFactory;
        return this;
    }

    /// <summary>
    /// Takes down what each step may move, makes the optimizers, and tries every step once on a few random samples: nothing of that stays.
    /// </summary>
    /// <returns>The system, which the caller disposes.</returns>
    /// <exception cref="InvalidGanException">The configuration is wrong; all faults are listed.</exception>
    /// <exception cref="CollectiveException">The ranks were not built alike, or another one could not be built.</exception>
    /// <exception cref="InvalidOperationException">This builder has built its system already.</exception>
    /// <exception cref="DllNotFoundException">TorchSharp's native library cannot be loaded; see <c>NativeTorch.EnsureLoaded</c>.</exception>
    public AdversarialSystem Build()
    {
        NativeTorch.EnsureLoaded();
        if (_built)
        {
            throw new InvalidOperationException("This builder has built its system already. Make a new AdversarialSystemBuilder for another one.");
        }

        var team = _configuration.Team;
        _configuration.Seed = TeamAssembly.Seed(team, _configuration.Seed);
        TeamAssembly.CompareDevices(team, _configuration.Device?.ToString(), _configuration.Networks.Select(network => network.Module).FirstOrDefault());
        var system = TeamAssembly.Build(
            team, "system", () => new SystemAssembly(_configuration).Assemble(TeamAssembly.Logger<AdversarialSystem>(team, _loggerFactory)), built => built);
        _built = true;
        return system;
    }

    private AdversarialSystemBuilder Add(TensorDeclaration tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor.Name);
        ArgumentNullException.ThrowIfNull(tensor.Shape);
        return Set(c => c.Tensors.Add(tensor));
    }

    private AdversarialSystemBuilder Set(Action<SystemConfiguration> change)
    {
        change(_configuration);
        return this;
    }
}
