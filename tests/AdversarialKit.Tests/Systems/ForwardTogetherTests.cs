using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>Two batches through one network: as one where that changes nothing, and never otherwise.</summary>
public sealed class ForwardTogetherTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void ForwardTogether_OfLayersThatTreatSamplesAlone_IsOnePassWithValuesAndGradientsOfTwo()
    {
        var network = nn.Sequential(
            nn.ReflectionPad2d(1), nn.Conv2d(2, 4, 3), nn.InstanceNorm2d(4), nn.LeakyReLU(0.2), GanLayer.ReflectionResidual(4), nn.Conv2d(4, 1, 3));

        var (passes, together) = Run(network, joined: true);
        var (_, apart) = Run(network, joined: false);

        passes.Should().Be(1);
        together.Zip(apart).Should().OnlyContain(pair => pair.First.allclose(pair.Second, 1e-10, 1e-12));
    }

    [Fact]
    public void ForwardTogether_WithStatisticsOfTheBatch_IsTwoPassesToTheBit()
    {
        foreach (var layer in new nn.Module<Tensor, Tensor>[] { nn.BatchNorm2d(4), nn.InstanceNorm2d(4, track_running_stats: true), nn.Dropout(0), SpectralNorm.Conv2d(4, 4, 1) })
        {
            var network = nn.Sequential(nn.Conv2d(2, 4, 3), layer, nn.Conv2d(4, 1, 3));

            var (passes, together) = Run(network, joined: true);
            var (_, apart) = Run(network, joined: false);

            passes.Should().Be(2, layer.GetType().Name);
            together.Zip(apart).Should().OnlyContain(pair => pair.First.equal(pair.Second).all().item<bool>(), layer.GetType().Name);
        }
    }

    [Fact]
    public void ForwardTogether_OnSamplesOfTwoSizes_IsTwoPasses()
    {
        var network = nn.Sequential(nn.Conv2d(2, 1, 3)).to(ScalarType.Float64);
        var shapes = new List<string>();
        using var system = System(network, c =>
        {
            var (first, second) = c.ForwardTogether(network, ones(2, 2, 8, 8, ScalarType.Float64), ones(2, 2, 6, 6, ScalarType.Float64));
            shapes.AddRange([string.Join(' ', first.shape), string.Join(' ', second.shape)]);
            return first.mean() + second.mean();
        });

        system.TrainStep(Images());

        shapes.TakeLast(2).Should().Equal("2 1 6 6", "2 1 4 4");
    }

    /// <summary>Passes of the step, then outputs for both batches, gradients of a loss on them, and buffers. The network is afterwards what it was.</summary>
    private static (int Passes, List<Tensor> Values) Run(nn.Module<Tensor, Tensor> network, bool joined)
    {
        network.to(ScalarType.Float64);
        var before = network.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        var (passes, outputs) = (0, new List<Tensor>());
        using var system = System(network, c =>
        {
            var (x, y) = (c["x"], c["x"].narrow(0, 1, c.Count - 1) * 2 + 1);
            outputs.Clear();
            passes = 0;
            var (first, second) = joined ? c.ForwardTogether(network, x, y) : (c.Forward(network, x), c.Forward(network, y));
            outputs.AddRange([first.detach().clone().DetachFromDisposeScope(), second.detach().clone().DetachFromDisposeScope()]);
            return first.square().mean() + (second * 3).exp().mean();
        });
        network.register_forward_hook((_, _, output) =>
        {
            passes++;
            return output;
        });
        system.TrainStep(Images());
        List<Tensor> values = [.. outputs, .. network.parameters().Select(p => p.grad!.clone()), .. network.buffers().Select(b => b.clone())];
        using (no_grad())
        {
            network.state_dict().ToList().ForEach(entry => entry.Value.copy_(before[entry.Key]));
        }

        return (passes, values);
    }

    private static AdversarialSystem System(nn.Module<Tensor, Tensor> network, Func<StepContext, Tensor> loss) => new AdversarialSystemBuilder()
        .WithNetwork("network", network)
        .WithTensor("x", 2, 8, 8)
        .WithStep("step", step => step.Trains(network).WithOptimizer(Optimizers.Sgd(0.1)).Minimizes(c => c.Add("sum", loss(c))))
        .WithSeed(1)
        .Build();

    private static Batch Images()
    {
        using var random = new Generator(3);
        return Batch.Of(("x", randn([4, 2, 8, 8], dtype: ScalarType.Float64, generator: random)));
    }
}
