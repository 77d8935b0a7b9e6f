using TorchSharp.Modules;

namespace AdversarialKit.Benchmarks;

/// <summary>One generator, and the ways to sample from it.</summary>
internal sealed class SamplingWays : IDisposable
{
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly Gan _gan;
    private readonly GanSampler _sharing;
    private readonly GanSampler _apart;
    private readonly GanSampler _helped;

    public SamplingWays(Workload workload)
    {
        _generator = BenchmarkNetworks.Generator(workload);
        _discriminator = BenchmarkNetworks.Discriminator(workload);
        _gan = LibraryLoop.Configure(new GanBuilder(), workload)
            .WithGenerator(_generator).WithDiscriminator(_discriminator).WithLatent(Latent.Normal(Workload.LatentSize)).WithSeed(1).Build();
        _sharing = Open(workload, new GanSamplerOptions());
        _apart = Open(workload, new GanSamplerOptions { KeepsRequestsApart = true });
        _helped = Open(workload, new GanSamplerOptions { Threads = 1 });
    }

    public string Shared => _sharing.BatchSizes.ToString();

    /// <summary>The first is what the others are compared with.</summary>
    public IReadOnlyList<SamplingWay> All(int size)
    {
        var many = SamplerOptions.Callers;
        return
        [
            new($"one thread, batches of {SamplerOptions.LargeBatch}", 1, 1, SamplerOptions.LargeBatch, LargeBatch),
            new($"one thread with {Environment.ProcessorCount} of torch's, batches of {SamplerOptions.LargeBatch}", 1, Environment.ProcessorCount, SamplerOptions.LargeBatch, LargeBatch),
            new($"{many} threads, GanSampler", many, 1, size, () => _sharing.Sample(size).Dispose()),
            new($"{many} threads, GanSampler of one thread", many, 1, size, () => _helped.Sample(size).Dispose()),
            new($"{many} threads, GanSampler, a batch for each request", many, 1, size, () => _apart.Sample(size).Dispose()),
            new($"{many} threads, Gan.Sample", many, 1, size, () => _gan.Sample(size).Dispose()),
            new("one thread, GanSampler", 1, 1, size, () => _sharing.Sample(size).Dispose()),
        ];
    }

    public void Dispose()
    {
        _sharing.Dispose();
        _apart.Dispose();
        _helped.Dispose();
        _gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private void LargeBatch() => _gan.Sample(SamplerOptions.LargeBatch, batchSize: SamplerOptions.LargeBatch).Dispose();

    private GanSampler Open(Workload workload, GanSamplerOptions options) =>
        GanSampler.FromGan(_gan, () => BenchmarkNetworks.Generator(workload), options);
}
