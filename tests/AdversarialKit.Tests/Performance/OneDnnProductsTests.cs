using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Performance;

/// <summary>What the other route of float32 products computes, whether or not it is faster on the machine of the test.</summary>
public sealed class OneDnnProductsTests
{
    [LinuxFact]
    public void Pull_FasterAndAsExact_SwitchesUntilReleased()
    {
        var found = OneDnnSwitch.Find()!;
        var before = found.Precision;
        using var probe = new ProductProbe();
        var isExact = WithOneDnn(probe.Error) <= 8 * probe.Error();
        var lever = new OneDnnProducts((_, _) => 0.5);

        var outcome = lever.Pull();

        // A processor with matrix units for bfloat16 may lose digits, and then stays as it was.
        outcome.Changed.Should().Be(isExact);
        found.Precision.Should().Be(isExact ? OneDnnSwitch.Bfloat16 : before);
        outcome.Explanation.Should().Contain("oneDNN takes 0.50 of the time, with an error of ");
        lever.Release();
        found.Precision.Should().Be(before);
    }

    [LinuxFact]
    public void Pull_HardlyFaster_LeavesItAsItWas()
    {
        var before = OneDnnSwitch.Find()!.Precision;

        var outcome = new OneDnnProducts((_, _) => 0.76).Pull();

        outcome.Changed.Should().BeFalse();
        outcome.Explanation.Should().StartWith("float32 products stay as they are: oneDNN takes 0.76 of the time");
        OneDnnSwitch.Find()!.Precision.Should().Be(before);
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
