using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>Guarantee 6 in one process: what is stopped, saved and loaded into new objects goes on bit for bit.</summary>
public sealed class ResumeTests : IDisposable
{
    private const int Half = 5;
    private readonly CheckpointFolder _folder = new();

    public static TheoryData<string, OptimizerFactory> OptimizersOfTorch => new()
    {
        { "Adam", p => optim.Adam(p, 1e-3, amsgrad: true, weight_decay: 1e-4) },
        { "AdamW", p => optim.AdamW(p, 1e-3) },
        { "SGD", p => optim.SGD(p, 1e-2, momentum: 0.9, nesterov: true) },
        { "RMSProp", p => optim.RMSProp(p, 1e-3, centered: true, momentum: 0.5) },
        { "NAdam", p => optim.NAdam(p, 1e-3) },
        { "RAdam", p => optim.RAdam(p, 1e-3) },
        { "Adagrad", p => optim.Adagrad(p, 1e-2) },
        { "Adadelta", p => optim.Adadelta(p, 1.0) },
        { "Adamax", p => optim.Adamax(p, 1e-3) },
        { "ASGD", p => optim.ASGD(p, 1e-3) },
        { "Rprop", p => optim.Rprop(p, 1e-3) },
        { "fused Adam", Optimizers.Adam(1e-3, beta1: 0.5) },
        { "fused AdamW", Optimizers.AdamW(1e-3) },
        { "Keras's Adam", Optimizers.KerasAdam(1e-3) },
        { "fused SGD", Optimizers.Sgd(1e-2, momentum: 0.9) },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadCheckpoint_OfAnotherSeed_HasItsSeedAndFixedLatents()
    {
        using var first = new RichGan(Sampling.Shuffled);
        first.Gan.SaveCheckpoint(_folder.Path);
        using var other = new RichGan(Sampling.Shuffled, seed: 99);
        using var before = other.Gan.FixedLatents(7);

        other.Gan.LoadCheckpoint(_folder.Path);

        using var expected = first.Gan.FixedLatents(7);
        using var after = other.Gan.FixedLatents(7);
        other.Gan.Seed.Should().Be(first.Gan.Seed);
        after.Equals(expected).Should().BeTrue();
        before.Equals(expected).Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(OptimizersOfTorch))]
    public void LoadCheckpoint_EachOptimizer_GoesOnBitForBit(string name, OptimizerFactory optimizer)
    {
        using var unbroken = new RichGan(Sampling.Shuffled, optimizer);
        var losses = unbroken.TrainTo(2 * Half);
        var digest = unbroken.Digest();
        using (var first = new RichGan(Sampling.Shuffled, optimizer))
        {
            first.TrainTo(Half, new CheckpointOptions { Directory = _folder.Path });
        }

        using var resumed = new RichGan(Sampling.Shuffled, optimizer, seed: 99);
        resumed.Gan.LoadCheckpoint(_folder.Path, batches: resumed.Batches).Iteration.Should().Be(Half, name);
        var rest = resumed.TrainTo(2 * Half);

        rest.Should().Equal(losses.Skip(Half), name);
        resumed.Digest().Should().Be(digest, name);
    }

    [Theory]
    [InlineData(Sampling.Shuffled)]
    [InlineData(Sampling.WithReplacement)]
    public void LoadCheckpoint_EachSampler_GoesOnBitForBit(Sampling sampling)
    {
        using var unbroken = new RichGan(sampling);
        var losses = unbroken.TrainTo(30);
        var digest = unbroken.Digest();

        // Two thirds of an epoch, the first one, and in the middle of a later one: a loaded position must fit each.
        foreach (var stop in (int[])[1, 2, 3, 4, 17])
        {
            var root = Path.Combine(_folder.Path, $"{stop}");
            using (var first = new RichGan(sampling))
            {
                first.TrainTo(stop);
                first.Gan.SaveCheckpoint(root, batches: first.Batches);
            }

            using var resumed = new RichGan(sampling, seed: 5);
            resumed.Gan.LoadCheckpoint(root, batches: resumed.Batches);
            resumed.TrainTo(30).Should().Equal(losses.Skip(stop));
            resumed.Digest().Should().Be(digest);
        }
    }
}
