using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Performance;

/// <summary>What the other route of float32 products computes, whether or not it is faster on the machine of the test.</summary>
public sealed class OneDnnProductsTests
{
    [LinuxFact]
    public void Precision_SetToBfloat16_StillComputesInFloat32HereOrIsRefused()
    {
        using var probe = new ProductProbe();
        var usual = probe.Error();
        var other = WithOneDnn(probe.Error);

        using var tuning = TorchTuning.Apply(new TorchTuningOptions { Allocator = false, Threads = false });

        usual.Should().BeInRange(1e-6, 1e-3);
        (tuning.Outcomes[0].Changed && other > 8 * usual).Should().BeFalse();
    }

    [LinuxFact]
    public void Precision_SetAndPutBack_GivesTheUsualBits()
    {
        using var left = arange(300 * 200, dtype: ScalarType.Float32).sin().reshape(300, 200);
        using var right = left.t();
        using var before = left.mm(right);

        WithOneDnn(() => left.mm(right)).Dispose();

        using var after = left.mm(right);
        after.Equals(before).Should().BeTrue();
    }

    [LinuxFact]
    public void TrainStep_ThroughOneDnnWithTheSameSeed_GivesTheSameBits()
    {
        var first = WithOneDnn(Train);

        WithOneDnn(Train).Should().Be(first);
    }

    private static (Snapshot Generator, double Loss) Train()
    {
        manual_seed(3);
        using var generator = nn.Sequential(nn.Linear(4, 128), nn.ReLU(), nn.Linear(128, 6));
        using var discriminator = nn.Sequential(nn.Linear(6, 128), nn.ReLU(), nn.Linear(128, 1));
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real(64);
        var loss = 0.0;
        for (var i = 0; i < 10; i++)
        {
            loss += gan.TrainStep(real).Generator.Loss;
        }

        return (Snapshot.Of(generator), loss);
    }

    private static T WithOneDnn<T>(Func<T> work)
    {
        var found = OneDnnSwitch.Find()!;
        var before = found.Precision;
        found.Precision = OneDnnSwitch.Bfloat16;
        try
        {
            return work();
        }
        finally
        {
            found.Precision = before;
        }
    }
}
