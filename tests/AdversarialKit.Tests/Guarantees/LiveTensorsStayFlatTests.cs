using AdversarialKit.Tests.Support;
using TorchSharp;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>Guarantee 5: the number of live tensors is the same after step 10 and step 10,000.</summary>
public sealed class LiveTensorsStayFlatTests
{
    [Fact]
    public void TrainStep_TenThousandSteps_LeavesAsManyTensorsAliveAsTen()
    {
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real(4);
        Train(gan, real, 10);
        var alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Train(gan, real, 9_990);

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(alive);
    }

    [Fact]
    public void TrainStep_InsideTheCallersScope_LeavesNothingInIt()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator)
            .WithPenalty(Penalty.R1(), 1).WithPenalty(Penalty.WganGp(), 10, interval: 2).Build();
        using var real = Toy.Real(4);
        Train(gan, real, 4);
        using var scope = torch.NewDisposeScope();

        Train(gan, real, 4);

        scope.DisposablesCount.Should().Be(0);
    }

    private static void Train(Gan gan, torch.Tensor real, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            gan.TrainStep(real);
        }
    }
}
