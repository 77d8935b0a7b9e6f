using AdversarialKit.Tests.Support;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

public sealed class OnnxGanTests : IDisposable
{
    private readonly OnnxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SaveOnnx_OfAGanWithAnAverage_WritesTheAveragedWeights()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).WithGeneratorAverage(Ema.Decay(0.5)).Build();
        Train(gan, 5);

        var result = gan.SaveOnnx(_folder.File);

        var model = OnnxFolder.Read(_folder.File);
        model.MetadataProps.Select(note => (note.Key, note.Value)).Should().Equal(("iteration", "5"), ("weights", "average"));
        (model.Graph.Input.Single().Name, model.Graph.Output.Single().Name).Should().Be(("latents", "samples"));
        result.Samples.Should().Be(65);
        using var latents = gan.DrawLatents(3);
        using var samples = gan.Generate(latents);
        Run(latents).Should().HaveCount(18).And.Equal(samples.data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        FluentActions.Invoking(() => OnnxExport.Verify(_folder.File, generator, latents)).Should().Throw<OnnxExportException>("the live weights are others");
    }

    [Fact]
    public void SaveOnnx_BetweenSteps_ChangesNoBitOfTrainingAndSampling()
    {
        Digest(exports: true).Should().Be(Digest(exports: false));

        string Digest(bool exports)
        {
            random.manual_seed(1);
            using var generator = Toy.Generator();
            using var discriminator = Toy.DiscriminatorWithBatchNorm();
            using var gan = Toy.Builder(generator, discriminator).WithGeneratorAverage(Ema.Decay(0.5)).Build();
            Train(gan, 2);
            if (exports)
            {
                gan.SaveOnnx(_folder.File);
            }

            Train(gan, 2);
            using var samples = gan.Sample(5);
            return Snapshot.Of(generator) + Snapshot.Of(discriminator).ToString() + Snapshot.Digest([("samples", samples)]);
        }
    }

    [Fact]
    public void SaveOnnx_OfAConditionalGan_TakesLabels()
    {
        using var generator = new LabelledGenerator();
        using var discriminator = new LabelledModule(6, LabelledGenerator.Classes, 1);
        using var gan = new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithClassLabels(LabelledGenerator.Classes)
            .WithLatent(Latent.Normal(4))
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(1e-3))
            .Build();

        gan.SaveOnnx(_folder.File, new OnnxExportOptions { Metadata = new Dictionary<string, string> { ["weights"] = "untrained" } });

        var model = OnnxFolder.Read(_folder.File);
        model.Graph.Input.Select(input => input.Name).Should().Equal("latents", "labels");
        model.MetadataProps.Select(note => (note.Key, note.Value)).Should().Equal(("iteration", "0"), ("weights", "untrained"));
        using var session = new InferenceSession(_folder.File);
        FluentActions.Invoking(() => Run(session, new float[4], [1])).Should().NotThrow();
        FluentActions.Invoking(() => Run(session, new float[4], [3])).Should().Throw<OnnxRuntimeException>("there is no class 3");
    }

    [Fact]
    public void SaveOnnx_OfADisposedGan_Throws()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        var gan = Toy.Builder(generator, discriminator).Build();
        gan.Dispose();

        FluentActions.Invoking(() => gan.SaveOnnx(_folder.File)).Should().Throw<ObjectDisposedException>();
    }

    private static void Train(Gan gan, int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            using var real = Toy.Real();
            gan.TrainStep(real);
        }
    }

    private float[] Run(Tensor latents)
    {
        using var session = new InferenceSession(_folder.File);
        using var value = OrtValue.CreateTensorValueFromMemory(latents.data<float>().ToArray(), latents.shape);
        using var how = new RunOptions();
        using var results = session.Run(how, ["latents"], [value], ["samples"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void Run(InferenceSession session, float[] latent, long[] labels)
    {
        using var first = OrtValue.CreateTensorValueFromMemory(latent, [1, 4]);
        using var second = OrtValue.CreateTensorValueFromMemory(labels, [1]);
        using var how = new RunOptions();
        using var results = session.Run(how, ["latents", "labels"], [first, second], ["samples"]);
    }
}
