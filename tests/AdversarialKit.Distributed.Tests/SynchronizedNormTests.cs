using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Synchronized batch normalization on ranks against torch's own layer with the whole batch: values, gradients and second gradients.</summary>
public sealed class SynchronizedNormTests
{
    private const int Channels = 3;

    [Theory]
    [InlineData(2, new long[] { 8, Channels })]
    [InlineData(4, new long[] { 8, Channels })]
    [InlineData(2, new long[] { 6, Channels, 5 })]
    [InlineData(2, new long[] { 4, Channels, 4, 2 })]
    [InlineData(3, new long[] { 6, Channels, 2, 2, 2 })]
    public void Forward_OnRanks_GivesValuesAndBothGradientsOfTheWholeBatch(int ranks, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var input = (randn(shape, dtype: ScalarType.Float64, generator: random) * 2) + 1;
        var part = shape[0] / ranks;

        var whole = Numbers.Of(Layer(shape.Length), input);
        var parts = ThreadRanks.Run(ranks, collective =>
        {
            var network = nn.Sequential(Layer(shape.Length));
            GanLayer.SynchronizeBatchNorm(network).Should().Be(1);
            network.modules().OfType<ITeamMember>().Single().Join(Team.Of(collective)!);
            return Numbers.Of(network, input.narrow(0, collective.Rank * part, part).clone());
        });

        Together(parts, numbers => numbers.Output, whole.Output, "values");
        Together(parts, numbers => numbers.InputGradient, whole.InputGradient, "gradients");
        Together(parts, numbers => numbers.SecondGradient, whole.SecondGradient, "second gradients");
        for (var i = 0; i < whole.ParameterGradients.Length; i++)
        {
            var sum = parts.Select(numbers => numbers.ParameterGradients[i]).Aggregate((left, right) => left + right);
            Near(sum, whole.ParameterGradients[i], "second gradients of parameters");
        }

        foreach (var numbers in parts)
        {
            numbers.Buffers.Zip(whole.Buffers).ToList().ForEach(pair => Near(pair.First, pair.Second, "running statistics"));
        }
    }

    // Callbacks and sheets are the first rank's: what it samples there must ask no other.
    [Fact]
    public void Sample_OnOneRankAloneWithoutRunningStatistics_TakesThoseOfTheSamples()
    {
        var looks = ThreadRanks.Run(2, collective =>
        {
            using var generator = nn.Sequential(nn.Linear(4, SmallRun.Width), nn.BatchNorm1d(SmallRun.Width, affine: false, track_running_stats: false));
            GanLayer.SynchronizeBatchNorm(generator).Should().Be(1);
            using var run = new SmallRun(collective, b => b.WithGenerator(generator));
            var look = new Look();
            run.Gan.Fit(run.Batches, new FitOptions { Iterations = 3, Callbacks = [look] });
            return look.Moments;
        });

        looks[0].Should().HaveCount(3).And.AllSatisfy(moments =>
        {
            moments.Mean.Should().BeApproximately(0, 1e-5);
            moments.MeanSquare.Should().BeApproximately(1, 1e-2);
        });
        looks[1].Should().BeEmpty();
    }

    private static nn.Module<Tensor, Tensor> Layer(int dimensions)
    {
        nn.Module<Tensor, Tensor> layer = dimensions switch { 4 => nn.BatchNorm2d(Channels), 5 => nn.BatchNorm3d(Channels), _ => nn.BatchNorm1d(Channels) };
        layer.to(ScalarType.Float64);
        using var random = new Generator(5);
        using var noGraph = no_grad();
        foreach (var parameter in layer.parameters())
        {
            parameter.normal_(1, 0.3, random);
        }

        return layer;
    }

    private static void Together(Numbers[] parts, Func<Numbers, Tensor> of, Tensor whole, string what) => Near(cat([.. parts.Select(of)]), whole, what);

    private static void Near(Tensor found, Tensor expected, string what) =>
        (found - expected).abs().max().item<double>().Should().BeLessThan(1e-11 * Math.Max(1, expected.abs().max().item<double>()), what);

    private sealed class Look : ITrainingCallback
    {
        public List<(double Mean, double MeanSquare)> Moments { get; } = [];

        public void OnProgress(Gan gan, TrainingProgress progress)
        {
            using var scope = NewDisposeScope();
            var first = gan.Sample(50).select(1, 0);
            Moments.Add((first.mean().item<float>(), first.square().mean().item<float>()));
        }
    }

    private sealed record Numbers(Tensor Output, Tensor InputGradient, Tensor SecondGradient, Tensor[] ParameterGradients, Tensor[] Buffers)
    {
        // Of sums: what they are over all ranks is what they are over the whole batch.
        public static Numbers Of(nn.Module<Tensor, Tensor> layer, Tensor input)
        {
            var x = input.detach().requires_grad_(true);
            var output = layer.call(x);
            var gradient = autograd.grad([output.pow(3).sum()], [x], create_graph: true, retain_graph: true)[0];
            gradient.square().sum().backward();
            return new Numbers(
                output.detach(),
                gradient.detach(),
                x.grad!,
                [.. layer.parameters().Select(parameter => parameter.grad!)],
                [.. layer.buffers().Select(buffer => buffer.to(ScalarType.Float64))]);
        }
    }
}
