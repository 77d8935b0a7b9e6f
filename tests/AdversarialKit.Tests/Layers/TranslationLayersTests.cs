using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class TranslationLayersTests
{
    [Fact]
    public void PatchDiscriminator_WithThreeHalvings_SeesPatchesOfSeventyPixels()
    {
        using var scope = NewDisposeScope();
        using var network = GanLayer.PatchDiscriminator(1, filters: 2, norm: _ => nn.Identity());
        var input = zeros(1, 1, 256, 256).requires_grad_(true);

        var logits = network.call(input);
        logits[0, 0, 15, 15].backward();

        logits.shape.Should().Equal(1, 1, 30, 30);
        var seen = input.grad!.ne(0).nonzero();
        (seen.amax([0]) - seen.amin([0]) + 1).to(ScalarType.Float64).ShouldBeClose([1, 1, 70, 70], 0);
    }

    [Fact]
    public void PatchDiscriminator_Norm_IsCalledForAllButTheFirstAndLastLayer()
    {
        var widths = new List<long>();
        using var network = GanLayer.PatchDiscriminator(3, filters: 4, halvings: 5, norm: width =>
        {
            widths.Add(width);
            return nn.BatchNorm2d(width);
        });

        widths.Should().Equal(8, 16, 32, 32, 32);
    }

    [Fact]
    public void UNet_OfTheLargestDepth_GoesDownToOnePixelAndComesBack()
    {
        using var scope = NewDisposeScope();
        using var network = GanLayer.UNet(3, 2, levels: 4, filters: 2);

        var output = network.call(Drawn.Normal(2, 3, 16, 16));

        output.shape.Should().Equal(2, 2, 16, 16);
        output.abs().max().ToDouble().Should().BeLessThanOrEqualTo(1);
        network.named_modules().Count(m => m.module is TorchSharp.Modules.Dropout).Should().Be(3);
    }

    [Fact]
    public void UNet_OnASizeThatDoesNotHalve_SaysSo()
    {
        using var input = zeros(1, 1, 6, 6);
        using var network = GanLayer.UNet(1, 1, levels: 2, filters: 2);

        network.Invoking(n => n.call(input)).Should().Throw<ArgumentException>().WithMessage(
            "The branch of a concatenation made [1, 2, 2, 2] of [1, 2, 3, 3]; both are laid side by side along dimension 1, so the branch must keep all other sizes. (Parameter 'input')");
    }

    [Fact]
    public void TrainStep_OfUNetAgainstPatches_Works()
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var generator = nn.Sequential(nn.Linear(4, 64), nn.Unflatten(1, [1, 8, 8]), GanLayer.UNet(1, 1, levels: 3, filters: 2), GanLayer.ReflectionResidual(1));
        using var discriminator = GanLayer.PatchDiscriminator(1, filters: 2, halvings: 1);
        using var gan = Toy.Builder(generator, discriminator).WithLoss(AdversarialLoss.LeastSquares()).WithPenalty(Penalty.R1(), 1).Build();

        var step = gan.TrainStep(Drawn.Normal(4, 1, 8, 8));

        double.IsFinite(step.Discriminator.Loss + step.Generator.Loss).Should().BeTrue();
    }

    [Fact]
    public void ReconstructionEnergy_WhereTheAutoencoderChangesTheShape_SaysWhatItMade()
    {
        using var input = zeros(2, 4);
        using var layer = GanLayer.ReconstructionEnergy(nn.Linear(4, 1));

        layer.Invoking(l => l.call(input)).Should().Throw<ArgumentException>().WithMessage(
            "The autoencoder of a reconstruction energy made [2, 1] of [2, 4]; both are compared, so it must keep the shape [N, ...]. (Parameter 'input')");
    }

    [Fact]
    public void Create_NumbersOutOfRange_AreToldAtOnce()
    {
        foreach (var create in new Action[]
        {
            () => GanLayer.ReflectionResidual(0), () => GanLayer.PatchDiscriminator(0), () => GanLayer.PatchDiscriminator(1, 0), () => GanLayer.PatchDiscriminator(1, 1, 0),
            () => GanLayer.UNet(1, 1, 1), () => GanLayer.UNet(0, 1, 2), () => GanLayer.UNet(1, 0, 2), () => GanLayer.UNet(1, 1, 2, 0), () => GanLayer.UNet(1, 1, 2, dropout: 1),
        })
        {
            create.Should().Throw<ArgumentOutOfRangeException>();
        }
    }
}
