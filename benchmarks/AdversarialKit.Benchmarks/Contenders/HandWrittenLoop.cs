using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>
/// What an experienced user of TorchSharp writes: its Adam, <c>zero_grad</c>, a dispose scope around the iteration,
/// <c>no_grad</c> or <c>detach</c> for the discriminator's fakes, one <c>item</c> per number.
/// </summary>
internal abstract class HandWrittenLoop : ITrainingLoop
{
    private readonly RealImages _images;

    protected HandWrittenLoop(Workload workload, double beta1, double beta2, double learningRate = 2e-4)
    {
        Workload = workload;
        _images = new RealImages(workload);
        Generator = BenchmarkNetworks.Generator(workload);
        Discriminator = BenchmarkNetworks.Discriminator(workload);
        GeneratorOptimizer = optim.Adam(Generator.parameters().ToArray(), learningRate, beta1, beta2);
        DiscriminatorOptimizer = optim.Adam(Discriminator.parameters().ToArray(), learningRate, beta1, beta2);
        Ones = ones(workload.Batch, 1);
        Zeros = zeros(workload.Batch, 1);
    }

    protected Workload Workload { get; }

    protected Sequential Generator { get; }

    protected Sequential Discriminator { get; }

    protected optim.Optimizer GeneratorOptimizer { get; }

    protected optim.Optimizer DiscriminatorOptimizer { get; }

    protected Tensor Ones { get; }

    protected Tensor Zeros { get; }

    /// <summary>A number of the last iteration, so that none of its work can be left out.</summary>
    public float LastLoss { get; protected set; }

    public static HandWrittenLoop Create(Workload workload) => workload.Recipe switch
    {
        Recipe.Reference => new HandWrittenReference(workload),
        Recipe.Joint => new HandWrittenJoint(workload),
        Recipe.Convolutional => new HandWrittenConvolutional(workload),
        Recipe.WganGp => new HandWrittenWganGp(workload),
        Recipe.RpGan => new HandWrittenRpGan(workload),
        _ => new HandWrittenLosses(workload),
    };

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        Train();
    }

    public void Dispose()
    {
        Ones.Dispose();
        Zeros.Dispose();
        GeneratorOptimizer.Dispose();
        DiscriminatorOptimizer.Dispose();
        Generator.Dispose();
        Discriminator.Dispose();
        _images.Dispose();
    }

    protected abstract void Train();

    protected Tensor NextReal() => _images.Next();

    protected Tensor Noise() => randn(Workload.Batch, Workload.LatentSize);

    protected Tensor FakesInInferenceMode()
    {
        using var noGraph = no_grad();
        Generator.eval();
        var fakes = Generator.call(Noise());
        Generator.train();
        return fakes;
    }

    protected Tensor FakesInTrainingMode()
    {
        using var noGraph = no_grad();
        return Generator.call(Noise());
    }

    protected static float ShareAbove(Tensor scores, double threshold) =>
        (scores > threshold).to(ScalarType.Float32).mean().item<float>();
}
