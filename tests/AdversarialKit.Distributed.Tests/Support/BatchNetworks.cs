using AdversarialKit.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Two small networks in double precision, the same at every call.</summary>
internal sealed class BatchNetworks
{
    private const int Hidden = 8;

    private readonly nn.Module[] _modules;

    private BatchNetworks(nn.Module generator, nn.Module discriminator, Func<GanBuilder, GanBuilder> giveTo)
    {
        (_modules, GiveTo) = ([generator, discriminator], giveTo);
        foreach (var (module, seed) in _modules.Zip([1UL, 2UL]))
        {
            Fill(module, seed);
        }
    }

    /// <summary>Gives them to a builder, with a loss that they can have.</summary>
    public Func<GanBuilder, GanBuilder> GiveTo { get; }

    /// <summary>Vectors to logits.</summary>
    public static BatchNetworks Plain(bool withNorm = false, bool tracks = true) =>
        Of(Chain(WholeBatch.Latents, WholeBatch.Width, withNorm, tracks), Chain(WholeBatch.Width, 1, withNorm, tracks));

    /// <summary>A discriminator that ends in probabilities.</summary>
    public static BatchNetworks OfProbabilities(bool withNorm = false) =>
        Of(Chain(WholeBatch.Latents, WholeBatch.Width, withNorm), nn.Sequential(Chain(WholeBatch.Width, 1, withNorm), nn.Sigmoid()));

    /// <summary>Images of 2 x 3 pixels, so that augmentations can be there.</summary>
    public static BatchNetworks OfImages() => Of(
        nn.Sequential(Chain(WholeBatch.Latents, WholeBatch.Width, withNorm: false), nn.Unflatten(1, [1, 2, 3])),
        nn.Sequential(nn.Flatten(), Chain(WholeBatch.Width, 1, withNorm: false)));

    /// <summary>A discriminator that shows its features.</summary>
    public static BatchNetworks OfFeatures() => Of(Chain(WholeBatch.Latents, WholeBatch.Width, withNorm: false), new Featured(WholeBatch.Width));

    /// <summary>Both take class labels.</summary>
    public static BatchNetworks OfLabels()
    {
        var generator = new LabelledModule(WholeBatch.Latents, WholeBatch.Classes, WholeBatch.Width, Hidden);
        var discriminator = new LabelledModule(WholeBatch.Width, WholeBatch.Classes, 1, Hidden);
        return new(generator, discriminator, b => b.WithGenerator(generator).WithDiscriminator(discriminator).WithClassLabels(WholeBatch.Classes).WithLoss(AdversarialLoss.Hinge()));
    }

    /// <summary>A discriminator with an output for each class and one for fakes.</summary>
    public static BatchNetworks OfClassOutputs()
    {
        var generator = new LabelledModule(WholeBatch.Latents, WholeBatch.Classes, WholeBatch.Width, Hidden);
        var discriminator = Chain(WholeBatch.Width, WholeBatch.Classes + 1, withNorm: false);
        return new(generator, discriminator, b => b.WithGenerator(generator).WithDiscriminator(discriminator).WithClassLabels(WholeBatch.Classes));
    }

    /// <summary>A discriminator that names the class beside its logit.</summary>
    public static BatchNetworks OfTwoHeads()
    {
        var generator = new LabelledModule(WholeBatch.Latents, WholeBatch.Classes, WholeBatch.Width, Hidden);
        var discriminator = new TwoHeaded(WholeBatch.Width, WholeBatch.Classes, Hidden);
        return new(generator, discriminator, b => b.WithGenerator(generator).WithDiscriminator(discriminator).WithClassLabels(WholeBatch.Classes).WithLoss(AdversarialLoss.NonSaturating()));
    }

    /// <summary>All weights and buffers.</summary>
    public IEnumerable<double> Numbers() => _modules
        .SelectMany(module => module.state_dict().Values)
        .SelectMany(tensor => tensor.detach().to(ScalarType.Float64).flatten().data<double>().ToArray());

    private static BatchNetworks Of(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator) =>
        new(generator, discriminator, b => b.WithGenerator(generator).WithDiscriminator(discriminator).WithLoss(AdversarialLoss.NonSaturating()));

    private static Sequential Chain(long inputs, long outputs, bool withNorm, bool tracks = true)
    {
        nn.Module<Tensor, Tensor>[] norm = withNorm ? [nn.BatchNorm1d(Hidden, track_running_stats: tracks)] : [];
        var network = nn.Sequential([nn.Linear(inputs, Hidden, hasBias: !withNorm), .. norm, nn.LeakyReLU(0.2), nn.Linear(Hidden, outputs)]);
        GanLayer.SynchronizeBatchNorm(network).Should().Be(norm.Length);
        return network;
    }

    private static void Fill(nn.Module module, ulong seed)
    {
        module.to(ScalarType.Float64);
        using var random = new Generator(seed);
        using var noGraph = no_grad();
        foreach (var parameter in module.parameters())
        {
            parameter.normal_(0.1, 0.4, random);
        }
    }

    private sealed class Featured : nn.Module<Tensor, Tensor>, IIntermediateFeatures
    {
        private readonly nn.Module<Tensor, Tensor> first;
        private readonly nn.Module<Tensor, Tensor> last = nn.Linear(Hidden, 1);

        public Featured(long inputs)
            : base(nameof(Featured))
        {
            first = nn.Sequential(nn.Linear(inputs, Hidden), nn.LeakyReLU(0.2));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => last.call(first.call(input));

        public IReadOnlyList<Tensor> Features(Tensor samples, Tensor? condition) => [first.call(samples)];
    }
}
