namespace AdversarialKit;

/// <summary>What a validated builder hands to the GAN and its steps.</summary>
internal sealed record GanParts
{
    public required Network Generator { get; init; }

    public required Network Discriminator { get; init; }

    /// <summary>Held by whoever uses the networks or anything else that belongs to the GAN.</summary>
    public FairLock Lock { get; } = new();

    public required LatentSource Latents { get; init; }

    public required Objective Objective { get; init; }

    public required IReadOnlyList<PenaltyTerm> Penalties { get; init; }

    public required IReadOnlyList<GeneratorTermUse> GeneratorTerms { get; init; }

    public required IReadOnlyList<(Network Network, bool OfGenerator)> Companions { get; init; }

    public required FakeHistory? History { get; init; }

    public required Packing Packing { get; init; }

    /// <summary>How labels of fakes are drawn; null where they are those of the real batch.</summary>
    public required FakeLabels? FakeLabels { get; init; }

    public required DiscriminatorUpdate Update { get; init; }

    public required FakeMode Fakes { get; init; }

    public required int MicroBatches { get; init; }

    public required IAugmentation? Augmentation { get; init; }

    public required IAuxiliaryTask? Auxiliary { get; init; }

    public required GradientClipping? Clipping { get; init; }

    public required bool MeasuresNorms { get; init; }

    public required double? WeightLimit { get; init; }

    public required GeneratorAverage? Average { get; init; }

    public required (LearningRateSchedule? Discriminator, LearningRateSchedule? Generator) Schedules { get; init; }

    /// <summary>The ranks that train together; null in one process.</summary>
    public Team? Team { get; init; }

    public required long Seed { get; init; }

    public required int DiscriminatorSteps { get; init; }

    public required optim.Optimizer DiscriminatorOptimizer { get; init; }

    public required optim.Optimizer GeneratorOptimizer { get; init; }

    /// <summary>The one source of randomness of training.</summary>
    public required Generator Random { get; init; }

    /// <summary>A stream of its own for samples, so that looking at samples does not change the run.</summary>
    public required Generator SamplingRandom { get; init; }

    /// <summary>What a batch must look like, as the dry run found it.</summary>
    public required BatchCheck BatchCheck { get; init; }

    /// <summary>The shape of the discriminator's output for one sample.</summary>
    public required IReadOnlyList<long> LogitShape { get; init; }

    /// <summary>What the generator step minimises; there once the system is.</summary>
    public GeneratorObjective? GeneratorObjective { get; set; }

    /// <summary>The mean sign of the last discriminator step's outputs on real samples: what an augmentation that adapts goes by.</summary>
    /// <value>The sum over the parts of a batch may be a last bit above 1, which is cut off.</value>
    public double LastRealSign
    {
        get;
        set => field = Math.Clamp(value, -1, 1);
    }
}
