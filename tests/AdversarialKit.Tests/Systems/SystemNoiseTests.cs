using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>What a system's networks draw from the generator that torch shares: looking never changes a run, and shows what the seed says.</summary>
public sealed class SystemNoiseTests
{
    [Theory]
    [InlineData("Sample")]
    [InlineData("Infer")]
    [InlineData("FixedSamples")]
    public void Fit_NoisyNetworkLookedAt_GivesTheBitsOfARunThatNobodyLooksAt(string look)
    {
        Train(null).Should().Be(Train(noisy => Look(noisy, look).Dispose()));
    }

    [Fact]
    public void Sample_NoisyNetwork_IsFreshEachTimeAndFollowsFromTheSeed()
    {
        using var scope = NewDisposeScope();
        using var noisy = new NoisySystem();
        var (first, second) = (noisy.System.Sample(5), noisy.System.Sample(5));
        rand(100);
        using var again = new NoisySystem();

        first.Equals(second).Should().BeFalse();
        again.System.Sample(5).Equals(first).Should().BeTrue();
        noisy.System.FixedSamples(5).Equals(noisy.System.FixedSamples(5)).Should().BeTrue();
        Look(noisy, "Infer").Equals(Look(noisy, "Infer")).Should().BeTrue("the same input is shown with the same noise");
    }

    [Fact]
    public void Infer_GumbelSoftmaxAtTheSameInput_DrawsAnewAndLeavesTrainingAlone()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Sequential(nn.Linear(4, 6), GanLayer.GumbelSoftmax(0.5, hard: true));
        using var system = new AdversarialSystemBuilder().WithNetwork("one", layer).WithTensor("x", 4)
            .WithStep("fit", step => step.Trains(layer).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => c.Add("size", c.Forward(layer, c["x"]).square().mean())))
            .WithSeed(3).Build();
        var input = ones(50, 4);
        var torch = random.get_rng_state();

        system.Infer(() => layer.call(input)).Equals(system.Infer(() => layer.call(input))).Should().BeFalse();

        random.get_rng_state().Equals(torch).Should().BeTrue();
    }

    [Fact]
    public void Fit_EvaluatedWithANoisyExtractor_GivesTheBitsOfARunThatIsNot()
    {
        var alone = Train(null);
        using var real = randn(40, 6, generator: new Generator(1));
        using var quality = new SampleQuality(real);

        Train(null, new EvaluationOptions { Quality = quality, Features = new NoisyFeatures(), Interval = 3, Samples = 40 }).Should().Be(alone);
    }

    private static Tensor Look(NoisySystem noisy, string look) => look switch
    {
        "Sample" => noisy.System.Sample(3),
        "FixedSamples" => noisy.System.FixedSamples(3),
        _ => noisy.System.Infer(() => noisy.Network.call(ones(3, 4))),
    };

    private static string Train(Action<NoisySystem>? look, EvaluationOptions? evaluation = null)
    {
        using var scope = NewDisposeScope();
        using var noisy = new NoisySystem();
        manual_seed(5);
        noisy.System.Fit(Enumerable.Range(0, 12).Select(_ => Batch.Of(("x", ones(4, 4)))), new FitOptions
        {
            Iterations = 12,
            Callbacks = look is null ? [] : [new Looking(() => look(noisy))],
            Evaluation = evaluation,
        });
        return noisy.System.Networks[0].Fingerprint();
    }

    private sealed class NoisySystem : IDisposable
    {
        public NoisySystem()
        {
            manual_seed(3);
            Network = new FunctionModule(4, 6, (linear, x) => linear.call(x) + randn(x.shape[0], 6));
            System = new AdversarialSystemBuilder().WithNetwork("one", Network).WithTensor("x", 4)
                .WithStep("fit", step => step.Trains(Network).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => c.Add("size", c.Forward(Network, c["x"]).square().mean())))
                .WithSampler(c => Network.call(randn(c.Count, 4, generator: c.Random)))
                .WithSeed(3)
                .Build();
        }

        public FunctionModule Network { get; }

        public AdversarialSystem System { get; }

        public void Dispose()
        {
            System.Dispose();
            Network.Dispose();
        }
    }

    private sealed class Looking(Action look) : ISystemCallback
    {
        public void OnProgress(AdversarialSystem system, TrainingProgress progress) => look();
    }

    private sealed class NoisyFeatures : IFeatureExtractor
    {
        public Tensor Extract(Tensor samples) => samples + rand(samples.shape[0], 6);

        public void Dispose()
        {
        }
    }
}
