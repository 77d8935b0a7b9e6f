using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Threads;

/// <summary>Samples never change a run, also where the generator's forward pass draws from the generator that torch shares among all.</summary>
public sealed class SharedNoiseTests : IDisposable
{
    private readonly Tensor _real = Toy.Real(40);

    public void Dispose() => _real.Dispose();

    [Theory]
    [InlineData("Sample")]
    [InlineData("Generate")]
    [InlineData("evaluation")]
    [InlineData("report")]
    public void Fit_NoisyGeneratorLookedAt_GivesTheBitsOfARunThatNobodyLooksAt(string look)
    {
        var alone = Train(new FitOptions { Iterations = 30, Doctor = false });

        using var quality = new SampleQuality(_real);
        using var latents = randn(20, 4);
        using var folder = new CheckpointFolder();
        using var report = new HtmlReport(folder["report.html"], new HtmlReportOptions { SheetInterval = 5 });
        var options = new FitOptions { Iterations = 30, Doctor = false };
        var looked = Train(look switch
        {
            "Sample" => options with { Callbacks = [new Callback((gan, _) => gan.Sample(3).Dispose())] },
            "Generate" => options with { Callbacks = [new Callback((gan, _) => gan.Generate(latents, batchSize: 7).Dispose())] },
            "report" => options with { Callbacks = [report] },
            _ => options with
            {
                Evaluation = new EvaluationOptions { Quality = quality, Features = new NoisyFeatures(_real), Interval = 5, Samples = 40 },
            },
        });

        looked.Should().Be(alone);
    }

    [Fact]
    public void Fit_DoctorLooksAtANoisyGenerator_GivesTheBitsOfARunWithout()
    {
        var options = new FitOptions { Iterations = 502 };

        Train(options).Should().Be(Train(options with { Doctor = false }));
    }

    [Fact]
    public void Sample_NoisyGenerator_DrawsFreshNoiseForEachSample()
    {
        using var networks = new Noisy();
        using var scope = NewDisposeScope();
        using (no_grad())
        {
            networks.Generator.parameters().ToList().ForEach(parameter => parameter.zero_());
        }

        var noise = cat([networks.Gan.Sample(40, batchSize: 7), networks.Gan.Sample(40, batchSize: 7)]);

        // What is left is noise alone: standard normal, and no number of it twice.
        noise.flatten().data<float>().Distinct().Should().HaveCount(480);
        noise.mean().ToDouble().Should().BeApproximately(0, 0.2);
        noise.std().ToDouble().Should().BeApproximately(1, 0.15);
    }

    [Fact]
    public void Generate_SameLatents_ShowsTheSameNoiseWhateverWasDrawnMeanwhile()
    {
        using var networks = new Noisy();
        using var scope = NewDisposeScope();
        var latents = networks.Gan.DrawLatents(9);

        var first = networks.Gan.Generate(latents);
        _ = rand(7);

        networks.Gan.Generate(latents).Equals(first).Should().BeTrue();
        networks.Gan.Generate(latents * 2).Equals(first).Should().BeFalse();
    }

    private string Train(FitOptions options)
    {
        using var networks = new Noisy();
        using var batches = Batches.FromTensor(_real, 8, new TensorBatchOptions { Seed = 5 });
        networks.Gan.Fit(batches, options);
        using var drawn = rand(3);
        return string.Join('\n', Snapshot.Of(networks.Generator), Snapshot.Of(networks.Discriminator), Snapshot.Digest([("torch", drawn)]));
    }

    private sealed class Noisy : IDisposable
    {
        public Noisy()
        {
            manual_seed(3);
            Generator = new FunctionModule(4, 6, (linear, x) => linear.call(x) + randn(x.shape[0], 6));
            Discriminator = nn.Sequential(nn.Linear(6, 8), nn.LeakyReLU(0.2), nn.Dropout(0.3), nn.Linear(8, 1));
            Gan = Toy.Builder(Generator, Discriminator).Build();
        }

        public FunctionModule Generator { get; }

        public Sequential Discriminator { get; }

        public Gan Gan { get; }

        public void Dispose()
        {
            Gan.Dispose();
            Generator.Dispose();
            Discriminator.Dispose();
        }
    }

    private sealed class NoisyFeatures(Tensor real) : IFeatureExtractor
    {
        public Tensor Extract(Tensor samples) => real.narrow(0, 0, samples.shape[0]) + rand(samples.shape[0], 6);

        public void Dispose()
        {
        }
    }
}
