using System.Globalization;

namespace AdversarialKit;

/// <summary>Everything of a system that a run needs to go on bit for bit: into a checkpoint, and back.</summary>
internal sealed partial class SystemState(SystemParts parts) : IDisposable
{
    private const string Threads = "threads";
    private const string Seed = "seed";
    private const string TrainingRandom = "training";
    private const string SamplingRandom = "sampling";
    private const string TorchRandom = "torch";

    private readonly SavedConfiguration _configuration = new(parts);
    private readonly StateFiles _groups = new(parts);

    private readonly FiniteState _finite = new([.. parts.Networks]);

    public EvaluationHistory Evaluations { get; } = new();

    /// <summary>What a checkpoint is to hold: live weights, and copies in the caller's dispose scope.</summary>
    /// <exception cref="NotSupportedException">An optimizer keeps its state where it cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Two layers of a network have one name.</exception>
    public CheckpointContent Capture(SystemCounters counters, IStateful? batches, CheckpointMetric metric)
    {
        var groups = new Dictionary<string, IReadOnlyDictionary<string, Tensor>>
        {
            [GanGroups.Random] = new Dictionary<string, Tensor>
            {
                [TrainingRandom] = RandomState.Capture(parts.Random),
                [SamplingRandom] = RandomState.Capture(parts.SamplingRandom),
                [TorchRandom] = RandomState.CaptureGlobal(),
            },
        };
        foreach (var network in parts.Networks)
        {
            groups[network.Role] = NetworkState.Of(network);
        }

        foreach (var (group, tensors) in _groups.Split(StatefulGroup.Capture(StatefulParts(batches))))
        {
            groups[group] = tensors;
        }

        var values = _configuration.ToValues();
        values[Threads] = get_num_threads().ToString(CultureInfo.InvariantCulture);
        values[Seed] = parts.Seed.ToString(CultureInfo.InvariantCulture);
        counters.WriteTo(values);
        if (metric is { Value: not null, Name: { } name })
        {
            values[CheckpointMetric.Key] = name;
        }

        return new CheckpointContent
        {
            Iteration = counters.Iteration,
            Description = parts.Describe(parts.Seed),
            Groups = groups,
            Values = values,
            Metric = metric.Value,
            BeginsRun = metric.BeginsRun,
        };
    }

    /// <summary>Takes on a checkpoint, or nothing of it.</summary>
    /// <returns>The counters, and the number of threads it was written with.</returns>
    /// <exception cref="CheckpointException">It does not fit what was built, or holds what cannot be; nothing was changed.</exception>
    public (SystemCounters Counters, string Threads, bool LeftBatchesOut) Restore(Checkpoint checkpoint, IStateful? batches)
    {
        using var scope = NewDisposeScope();
        var mismatches = _configuration.Mismatches(checkpoint).ToList();
        _configuration.ThrowIfOfAnotherSystem(checkpoint, mismatches);
        var counters = SystemCounters.Read(checkpoint, parts);
        var networks = parts.Networks.Select(network => Staged(checkpoint, network, mismatches)).ToList();
        var random = StagedRandom(checkpoint);
        var states = _groups.Join(checkpoint);
        var leftOut = batches is null && RemoveBatches(states);

        StatefulGroup.Restore(checkpoint.DirectoryPath, StatefulParts(batches), states, mismatches);
        networks.ForEach(network => TensorTransfer.Copy(network.Loaded, network.Live));
        RandomState.Restore(parts.Random, random[TrainingRandom]);
        RandomState.Restore(parts.SamplingRandom, random[SamplingRandom]);
        RandomState.RestoreGlobal(random[TorchRandom]);
        var values = checkpoint.Manifest.Values;
        parts.Seed = long.TryParse(values.GetValueOrDefault(Seed), CultureInfo.InvariantCulture, out var seed) ? seed : parts.Seed;
        return (counters, values.GetValueOrDefault(Threads, ""), leftOut);
    }

    /// <summary>Until disposed, the GAN may be moved as one likes; then it is as it was. Evaluations are no part of it.</summary>
    /// <param name="putCountersBack">Puts back what is no tensor.</param>
    /// <exception cref="NotSupportedException">An optimizer keeps its state in native code.</exception>
    public KeptState Keep(Action putCountersBack) => new(
        parts, StatefulParts(null).Where(part => part.Value is not EvaluationHistory).ToDictionary(part => part.Key, part => part.Value), putCountersBack);

    /// <summary>Finds before a run, rather than at its first checkpoint, that its state cannot be read.</summary>
    /// <exception cref="NotSupportedException">An optimizer keeps its state where it cannot be read.</exception>
    /// <exception cref="InvalidOperationException">Two layers of a network have one name.</exception>
    public void ThrowIfUnreadable()
    {
        StatefulParts(null);
        foreach (var network in parts.Networks)
        {
            NetworkState.Of(network);
        }
    }

    /// <summary>The first weight or buffer in which a number became other than finite since the system was built, in words; null where there is none.</summary>
    public string? FindNotFinite() => _finite.FindLost([.. parts.Networks]);

    public void Dispose() => _finite.Dispose();

    private Dictionary<string, IStateful> StatefulParts(IStateful? batches) => StatefulParts(batches, parts.Steps);

    private Dictionary<string, IStateful> StatefulParts(IStateful? batches, IEnumerable<CompiledStep> steps)
    {
        var stateful = steps.ToDictionary(step => GanGroups.OptimizerOf(step.Name), step => NamedOptimizerState.Of(step.Optimizer));
        foreach (var average in parts.Averages)
        {
            stateful[average.Group] = average.Average;
        }

        foreach (var (name, piece) in parts.Pieces)
        {
            Add(name, piece);
        }

        Add(GanGroups.Batches, batches);
        Add("evaluations", Evaluations);
        return stateful;

        void Add(string name, object? part)
        {
            if (part is IStateful known)
            {
                stateful[name] = known;
            }
        }
    }

    private static (Dictionary<string, Tensor> Loaded, IReadOnlyDictionary<string, Tensor> Live) Staged(
        Checkpoint checkpoint, Network network, List<string> mismatches)
    {
        var live = NetworkState.Of(network);
        var loaded = checkpoint.Load(network.Role);
        mismatches.AddRange(TensorTransfer.Mismatches(network.Role, loaded, live));
        return (loaded, live);
    }

    private static Dictionary<string, Tensor> StagedRandom(Checkpoint checkpoint)
    {
        var random = checkpoint.Load(GanGroups.Random);
        foreach (var name in (string[])[TrainingRandom, SamplingRandom, TorchRandom])
        {
            var fault = random.TryGetValue(name, out var state) ? RandomState.FaultOf(state) : "It is missing.";
            if (fault is not null)
            {
                throw new CheckpointException(
                    Path.Combine(checkpoint.DirectoryPath, GanGroups.Random + CheckpointNames.TensorFileExtension),
                    $"The random generator '{name}' cannot be restored. {fault}");
            }
        }

        return random;
    }

    private static bool RemoveBatches(Dictionary<string, Tensor> states)
    {
        var names = states.Keys.Where(name => name.StartsWith(GanGroups.Batches + "/", StringComparison.Ordinal)).ToList();
        names.ForEach(name => states.Remove(name));
        return names.Count > 0;
    }
}
