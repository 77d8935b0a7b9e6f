using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>The workload through <see cref="GanBuilder"/>.</summary>
internal sealed class LibraryLoop : ITrainingLoop
{
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly RealImages _images;
    private readonly Batch[] _batches;
    private readonly Gan _gan;

    /// <param name="workload">What is trained.</param>
    /// <param name="collective">The ranks that train it together, each with a batch of the workload's size; null for one process.</param>
    public LibraryLoop(Workload workload, ICollective? collective = null)
    {
        _generator = BenchmarkNetworks.Generator(workload);
        _discriminator = BenchmarkNetworks.Discriminator(workload);
        if (collective is { Size: > 1 })
        {
            _ = GanLayer.SynchronizeBatchNorm(_generator) + GanLayer.SynchronizeBatchNorm(_discriminator);
        }

        _images = new RealImages(workload);
        _batches = new Batch[workload.DiscriminatorSteps];
        var builder = Configure(collective is null ? new GanBuilder() : new GanBuilder().WithCollective(collective), workload);
        _gan = (workload.SharesFakes ? builder.WithFakes(FakeMode.Shared) : builder)
            .WithGenerator(_generator)
            .WithDiscriminator(_discriminator)
            .WithLatent(Latent.Normal(Workload.LatentSize))
            .WithComputePrecision(workload.ComputesInBFloat16 ? ComputePrecision.BFloat16 : ComputePrecision.Full)
            .WithSeed(1)
            .Build();
    }

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        DrawBatches();
        _gan.TrainStep(_batches);
    }

    public void ChooseThreads(TorchTuning tuning)
    {
        using var scope = NewDisposeScope();
        DrawBatches();
        tuning.ChooseThreads(_gan, _batches);
    }

    public void Dispose()
    {
        _gan.Dispose();
        _images.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private void DrawBatches()
    {
        for (var i = 0; i < _batches.Length; i++)
        {
            _batches[i] = _images.Next();
        }
    }

    /// <summary>Everything that distinguishes the recipes.</summary>
    public static GanBuilder Configure(GanBuilder builder, Workload workload) => workload.Recipe switch
    {
        Recipe.Reference => builder
            .WithLoss(CrossEntropy(workload))
            .WithOptimizers(Optimizers.KerasAdam(2e-4, beta1: 0.5, counter: new StepCounter()))
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)
            .WithFakes(FakeMode.Inference),
        Recipe.Joint => builder
            .WithLoss(CrossEntropy(workload))
            .WithOptimizers(Optimizers.Adam(2e-4, beta1: 0.5))
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
            .WithFakes(FakeMode.Inference),
        Recipe.Convolutional => builder
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(2e-4, beta1: 0.5))
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
            .WithFakes(FakeMode.Training),
        Recipe.WganGp => builder.WithPreset(Preset.WganGp(criticSteps: Workload.CriticSteps)).WithFakes(FakeMode.Training),
        Recipe.NonSaturating => builder.WithPreset(Preset.Dcgan()),
        Recipe.Hinge => builder.WithPreset(Preset.Dcgan()).WithLoss(AdversarialLoss.Hinge()),
        Recipe.LeastSquares => builder.WithPreset(Preset.Dcgan()).WithLoss(AdversarialLoss.LeastSquares()),
        Recipe.RaGan => builder.WithPreset(Preset.Dcgan()).WithLoss(AdversarialLoss.RelativisticAverage()),
        _ => builder
            .WithLoss(AdversarialLoss.RelativisticPaired())
            .WithPenalty(Penalty.R1(), 1)
            .WithPenalty(Penalty.R2(), 1)
            .WithOptimizers(Optimizers.Adam(2e-4, beta1: 0, beta2: 0.99))
            .WithDiscriminatorUpdate(DiscriminatorUpdate.Joint)
            .WithFakes(FakeMode.Training),
    };

    private static IAdversarialLoss CrossEntropy(Workload workload) => workload.EndsInProbability
        ? AdversarialLoss.BinaryCrossEntropyOnProbabilities()
        : AdversarialLoss.NonSaturating();
}
