namespace AdversarialKit;

/// <summary>What a validated builder hands to a system.</summary>
internal sealed record SystemParts : IDisposable
{
    public required IReadOnlyList<Network> Networks { get; init; }

    public required IReadOnlyList<CompiledStep> Steps { get; init; }

    /// <summary>The averages of networks, each under the name of its file in checkpoints.</summary>
    public IReadOnlyList<SystemAverage> Averages { get; init; } = [];

    /// <summary>What else carries state from one iteration to the next, by name; penalties and augmentations among them.</summary>
    public IReadOnlyList<(string Name, object Part)> Pieces { get; init; } = [];

    /// <summary>What computes over the batch of all ranks beside pieces and layers.</summary>
    public IReadOnlyList<ITeamMember> Members { get; init; } = [];

    /// <summary>Checks a batch and puts its tensors under their names, on the networks' device.</summary>
    public required Func<Batch, NamedBatch> Check { get; init; }

    /// <summary>What a checkpoint is held against: all that was configured, without device, seed and what changes in training.</summary>
    public required Func<IEnumerable<(string Name, object? Value)>> Configuration { get; init; }

    /// <summary>What was built, in a few lines.</summary>
    public required Func<long, string> Describe { get; init; }

    /// <summary>Completes the iteration of those pieces that follow it; gets the number of samples and the numbers of the steps.</summary>
    public Action<long, IterationResult?>? Complete { get; init; }

    /// <summary>Makes samples for looking at and judging; null where the system was given no way to.</summary>
    public Func<SamplingContext, Tensor>? Sampler { get; init; }

    /// <summary>Held by whatever runs a network or moves anything; see <see cref="AdversarialSystem.Gate"/>.</summary>
    public FairLock Gate { get; init; } = new();

    /// <summary>What pieces remember of the last iteration, for checkpoints.</summary>
    public IReadOnlyList<RememberedNumber> Remembered { get; init; } = [];

    /// <summary>The ranks that train together; null in one process.</summary>
    public Team? Team { get; init; }

    public required long Seed { get; set; }

    /// <summary>The one source of randomness of training.</summary>
    public required Generator Random { get; init; }

    /// <summary>A stream of its own for samples, so that looking at samples does not change the run.</summary>
    public required Generator SamplingRandom { get; init; }

    /// <summary>As many batches as the step that comes most often.</summary>
    public int BatchesPerIteration => Steps.Max(step => step.Plan.Repeats);

    public void Dispose()
    {
        foreach (var part in Pieces.Select(piece => piece.Part).OfType<IDisposable>())
        {
            part.Dispose();
        }

        foreach (var average in Averages)
        {
            average.Average.Dispose();
        }

        foreach (var optimizer in Steps.Select(step => step.Optimizer).Distinct())
        {
            optimizer.Dispose();
        }

        Random.Dispose();
        SamplingRandom.Dispose();
    }
}
