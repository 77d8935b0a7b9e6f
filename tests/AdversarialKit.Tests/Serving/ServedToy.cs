using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

/// <summary>A small GAN that has trained a little, and a folder for its checkpoints.</summary>
internal sealed class ServedToy : IDisposable
{
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real();

    public ServedToy(bool averaged = true)
    {
        var builder = Toy.Builder(_generator, _discriminator);
        Gan = (averaged ? builder.WithGeneratorAverage(Ema.Decay(0.9)) : builder).Build();
        Train(5);
        Root = Path.Combine(Path.GetTempPath(), $"adversarialkit-{Guid.NewGuid():N}");
    }

    public Gan Gan { get; }

    public string Root { get; }

    public static ILatent Latent { get; } = AdversarialKit.Latent.Normal(4);

    /// <summary>Each request in a batch of its own, as a GAN makes it: filled up to another size, rows get other last bits on some processors.</summary>
    public static GanSamplerOptions Apart { get; } = new() { KeepsRequestsApart = true };

    public static string DigestOf(Tensor samples)
    {
        using (samples)
        {
            return Snapshot.Digest([("samples", samples)]);
        }
    }

    public string Save()
    {
        Directory.CreateDirectory(Root);
        return Gan.SaveCheckpoint(Root);
    }

    public void Train(int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            Gan.TrainStep(_real);
        }
    }

    public void SpoilGenerator()
    {
        using var noGrad = no_grad();
        _generator.get_parameter("out.weight")!.fill_(double.NaN);
    }

    public GanSampler Open(GanSamplerOptions? options = null)
    {
        Save();
        return GanSampler.FromCheckpoint(Root, Toy.Generator, Latent, options);
    }

    public void Dispose()
    {
        Gan.Dispose();
        _real.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }
}
