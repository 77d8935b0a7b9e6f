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

    [Fact]
    public void Fit_WithLabels_LeavesNothingInTheCallersScope()
    {
        using var generator = new LabelledModule(4, 2, 6);
        using var discriminator = new LabelledModule(6, 2, 1);
        using var gan = OfTwoClasses(generator, discriminator);
        using var real = Toy.Real(8);
        using var labels = torch.zeros(8, dtype: torch.ScalarType.Int64);
        using var batches = Batches.FromTensor(real, 4, new TensorBatchOptions { Labels = labels });
        using var scope = torch.NewDisposeScope();

        gan.Fit(batches, new FitOptions { Iterations = 20 });

        scope.DisposablesCount.Should().Be(0);
    }

    [Fact]
    public void Sample_WithLabelsOfAScope_LeavesThemToIt()
    {
        using var generator = new LabelledModule(4, 2, 6);
        using var discriminator = new LabelledModule(6, 2, 1);
        using var gan = OfTwoClasses(generator, discriminator);
        using var outer = torch.NewDisposeScope();
        torch.Tensor labels;

        using (torch.NewDisposeScope())
        {
            labels = torch.zeros(4, dtype: torch.ScalarType.Int64);
            gan.Sample(4, labels).Dispose();
        }

        labels.IsInvalid.Should().BeTrue();
    }

    private static Gan OfTwoClasses(LabelledModule generator, LabelledModule discriminator) => new GanBuilder()
        .WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithClassLabels(2)
        .WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(Optimizers.Adam(1e-3)).Build();

    private static void Train(Gan gan, torch.Tensor real, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            gan.TrainStep(real);
        }
    }
}
