using AdversarialKit.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary><see cref="FakeMode.Shared"/>: both steps of an iteration learn from the same fakes.</summary>
public sealed class SharedFakesTests : IDisposable
{
    private const int Steps = 5;

    private readonly Tensor _real = Toy.Real();
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;

    public SharedFakesTests()
    {
        manual_seed(3);
        _generator = Toy.Generator();
        _discriminator = Toy.DiscriminatorWithBatchNorm();
    }

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
    }

    [Fact]
    public void TrainStep_Shared_GivesTheBitsOfALoopByHand()
    {
        var expected = TrainByHand();
        using var gan = Builder().Build();

        for (var i = 0; i < Steps; i++)
        {
            gan.TrainStep(_real);
        }

        Weights(_generator).Should().Equal(expected.Generator);
        Weights(_discriminator).Should().Equal(expected.Discriminator);
    }

    [Fact]
    public void TrainStep_Shared_PassesTheGeneratorOnceAndEachLayerMovesItsBuffersOnce()
    {
        var counting = new MovingBufferLayer();
        using var generator = nn.Sequential(("hidden", nn.Linear(4, 6)), ("counting", counting));
        using var gan = Toy.Builder(generator, _discriminator).WithDiscriminatorSteps(3).WithFakes(FakeMode.Shared).Build();
        var before = counting.Count.ToSingle();

        gan.TrainStep(_real, _real, _real);

        (counting.Count.ToSingle() - before).Should().Be(3, "two discriminator steps make fakes of their own, the third shares its");
    }

    [Fact]
    public void TrainStep_Shared_DrawsOneBatchOfLatents()
    {
        var latents = new CountingLatent();
        using var gan = Builder().WithLatent(latents).Build();
        latents.Drawn.Clear();

        gan.TrainStep(_real);

        latents.Drawn.Should().Equal(_real.shape[0]);
    }

    [Fact]
    public void TrainDiscriminatorAndTrainGenerator_Shared_MakeFakesOfTheirOwn()
    {
        var before = Snapshot.Of(_generator);
        var latents = new CountingLatent();
        using var gan = Builder().WithLatent(latents).Build();
        latents.Drawn.Clear();

        gan.TrainDiscriminator(_real);

        (Snapshot.Of(_generator) with { Buffers = before.Buffers }).Should().Be(before);
        gan.TrainGenerator(_real);
        latents.Drawn.Should().HaveCount(2);
    }

    [Fact]
    public void TrainStep_SharedWithFlagsAndModesOfTheCallers_PutsThemBack()
    {
        _generator.eval();
        _generator.get_parameter("out.bias")!.requires_grad = false;
        using var gan = Builder().Build();
        _generator.get_parameter("hidden.weight")!.requires_grad = false;
        var before = Snapshot.Of(_generator);

        gan.TrainStep(_real);

        var after = Snapshot.Of(_generator);
        (after.Flags, after.Modes).Should().Be((before.Flags, before.Modes));
        _generator.get_parameter("hidden.weight")!.grad.Should().NotBeNull("it was trainable when the step was compiled");
        _generator.get_parameter("out.bias")!.grad.Should().BeNull();
    }

    [Fact]
    public void TrainStep_Shared_LeavesNoTensorBehind()
    {
        using var gan = Builder().WithPenalty(Penalty.LeCam(), 1).WithLoss(AdversarialLoss.RelativisticPaired()).Build();
        Train(gan, 5);
        var alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using var scope = NewDisposeScope();

        Train(gan, 200);

        scope.DisposablesCount.Should().Be(0);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(alive);
    }

    [Fact]
    public void Describe_Shared_SaysSo()
    {
        using var gan = Builder().Build();

        gan.Describe().Should().Contain("fakes in training mode, the last ones shared with the generator step");
    }

    private GanBuilder Builder() => Toy.Builder(_generator, _discriminator).WithFakes(FakeMode.Shared);

    private void Train(Gan gan, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            gan.TrainStep(_real);
        }
    }

    private (byte[] Generator, byte[] Discriminator) TrainByHand()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var generator = Toy.Generator();
        var discriminator = Toy.DiscriminatorWithBatchNorm();
        using var ofGenerator = optim.Adam(generator.parameters(), 1e-2);
        using var ofDiscriminator = optim.Adam(discriminator.parameters(), 1e-2);
        using var random = new Generator(7);
        for (var i = 0; i < Steps; i++)
        {
            var fakes = generator.call(randn(_real.shape[0], 4, generator: random));
            discriminator.zero_grad();
            (nn.functional.softplus(-discriminator.call(_real)).mean() + nn.functional.softplus(discriminator.call(fakes.detach())).mean()).backward();
            ofDiscriminator.step();

            generator.zero_grad();
            var statistics = discriminator.named_buffers().Select(b => (b.buffer, Copy: b.buffer.clone())).ToList();
            nn.functional.softplus(-discriminator.call(fakes)).mean().backward();
            ofGenerator.step();
            using var noGraph = no_grad();
            statistics.ForEach(s => s.buffer.copy_(s.Copy));
        }

        return (Weights(generator), Weights(discriminator));
    }

    private static byte[] Weights(nn.Module module) =>
        [.. module.state_dict().Values.SelectMany(tensor => tensor.detach().contiguous().bytes.ToArray())];

    private sealed class CountingLatent : ILatent
    {
        private readonly ILatent _normal = Latent.Normal(4);

        public List<long> Drawn { get; } = [];

        public IReadOnlyList<long> Shape => _normal.Shape;

        public Tensor Sample(long count, Generator random, ScalarType type, Device device)
        {
            Drawn.Add(count);
            return _normal.Sample(count, random, type, device);
        }
    }
}
