using BenchmarkDotNet.Attributes;
using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>What an iteration does around the passes through the networks: the reference networks, batches of 128 images of 28 x 28.</summary>
public class StepPieces : IDisposable
{
    private const int BatchSize = 128;
    private const int Images = 60_000;

    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly Gan _gan;
    private readonly IAugmentation _augmentation = Augmentation.DiffAugment();
    private readonly Tensor _pixels = randint(0, 256, [Images, 1, 28, 28], ScalarType.Byte);
    private readonly Tensor _batch = rand(BatchSize, 1, 28, 28);
    private readonly Tensor[] _scalars = [.. Enumerable.Range(0, 9).Select(i => tensor((float)i))];
    private readonly TensorBatches _batches;

    /// <summary>Makes networks and data.</summary>
    public StepPieces()
    {
        var workload = new Workload(Recipe.Reference, BatchSize);
        (_generator, _discriminator) = (BenchmarkNetworks.Generator(workload), BenchmarkNetworks.Discriminator(workload));
        _gan = LibraryLoop.Configure(new GanBuilder(), workload)
            .WithGenerator(_generator)
            .WithDiscriminator(_discriminator)
            .WithLatent(Latent.Normal(Workload.LatentSize))
            .WithGeneratorAverage(Ema.HalfLife(10_000))
            .Build();
        _batches = Batches.FromTensor(_pixels, BatchSize, new TensorBatchOptions { Transform = bytes => bytes.to(ScalarType.Float32).div_(127.5).sub_(1) });
    }

    /// <summary>The sampler's draw, gather and conversion.</summary>
    [Benchmark(Description = "real batch: draw, gather, to floats")]
    public void NextBatch()
    {
        using var scope = NewDisposeScope();
        _batches.NextBatch();
    }

    /// <summary>128 x 100 normal numbers.</summary>
    [Benchmark(Description = "latents: 128 x 100 normal numbers")]
    public void DrawLatents() => _gan.Parts.Latents.Draw(BatchSize, _gan.Parts.Random).Dispose();

    /// <summary>1.5 million weights drawn towards the live ones.</summary>
    [Benchmark(Description = "averaged generator: one update")]
    public void UpdateAverage() => _gan.Parts.Average!.Update(BatchSize);

    /// <summary>Nine numbers leave the device at once.</summary>
    [Benchmark(Description = "nine measured numbers to the host")]
    public double[] ReadScalars()
    {
        using var scope = NewDisposeScope();
        return Scalars.Read(Scalars.Stack(_scalars));
    }

    /// <summary>What a combined step sets and puts back.</summary>
    [Benchmark(Description = "flags, modes and buffers of a combined step: enter and leave")]
    public void EnterAndLeave()
    {
        using var recording = _gan.Parts.Generator.RecordTrainable();
        using var mode = _gan.Parts.Generator.InMode(training: true);
        using var frozen = _gan.Parts.Discriminator.RecordNothing();
        using var isolated = _gan.Parts.Discriminator.IsolateBuffers();
    }

    /// <summary>A batch for inference and back, as fakes in inference mode need it.</summary>
    [Benchmark(Description = "inference mode of the generator: enter and leave")]
    public void EnterInferenceMode() => _gan.Parts.Generator.InMode(training: false).Dispose();

    /// <summary>What each iteration pays so that other threads may use the GAN: once for the run, once for the call inside.</summary>
    [Benchmark(Description = "the GAN's lock: enter and leave twice, nobody waits")]
    public void EnterLock()
    {
        using var run = _gan.System.Gate.Enter();
        using var call = _gan.System.Gate.Enter();
    }

    /// <summary>Brightness, saturation, contrast, translation and cutout, differentiably.</summary>
    [Benchmark(Description = "DiffAugment, all policies")]
    public void Augment()
    {
        using var scope = NewDisposeScope();
        _augmentation.Augment(_batch, new AugmentationContext(_gan.Parts.Random, 0));
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        Array.ForEach<IDisposable>([_gan, _batches, _batch, _pixels, _generator, _discriminator, .. _scalars], part => part.Dispose());
        GC.SuppressFinalize(this);
    }
}
