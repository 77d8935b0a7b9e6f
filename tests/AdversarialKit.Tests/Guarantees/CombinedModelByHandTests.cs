using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>Guarantee 2: the freeze holds in the caller's own <c>Combined.Forward</c> and <c>backward()</c>.</summary>
public sealed class CombinedModelByHandTests
{
    [Fact]
    public void Forward_ThenBackwardOnOnesOwnLoss_LeavesEveryByteOfTheDiscriminator()
    {
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var latent = gan.DrawLatents(16);
        var before = Snapshot.Of(discriminator);
        var fingerprint = gan.Combined.Discriminator.Fingerprint();

        using var logits = gan.Combined.Forward(latent);
        using var loss = logits.pow(2).mean() + logits.abs().sum();
        loss.backward();

        Snapshot.Of(discriminator).Should().Be(before);
        gan.Combined.Discriminator.Fingerprint().Should().Be(fingerprint);
        gan.Combined.TrainableParameters.Should().OnlyContain(p => !ReferenceEquals(p.grad, null));
    }

    [Fact]
    public void Forward_FlagsChangedBetweenForwardAndBackward_StillReachesNoDiscriminatorParameter()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var latent = gan.DrawLatents(16);

        using var logits = gan.Combined.Forward(latent);
        foreach (var parameter in discriminator.parameters())
        {
            parameter.requires_grad = true;
        }

        logits.sum().backward();

        discriminator.parameters().Should().OnlyContain(p => ReferenceEquals(p.grad, null));
    }

    [Fact]
    public void Forward_DiscriminatorMovedBeforeBackward_IsRefusedByAutogradRatherThanSilentlyWrong()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var latent = gan.DrawLatents(16);
        using var real = Toy.Real();

        using var logits = gan.Combined.Forward(latent);
        gan.TrainDiscriminator(real);
        var act = () => logits.sum().backward();

        act.Should().Throw<System.Runtime.InteropServices.ExternalException>().WithMessage("*modified by an inplace operation*");
    }

    [Fact]
    public void Forward_Null_IsRefused()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();

        var act = () => gan.Combined.Forward(null!);

        act.Should().Throw<ArgumentNullException>().WithParameterName("latent");
    }

    [Fact]
    public void Discriminator_View_ShowsTheLiveWeightsAndHandsOutOnlyCopies()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var view = gan.Combined.Discriminator;

        view.Select(p => p.Name).Should().Equal("hidden.weight", "hidden.bias", "out.weight", "out.bias");
        view[0].Shape.Should().Equal(8, 6);
        view[0].ElementType.Should().Be(ScalarType.Float32);
        view.SharesStorageWith(discriminator.get_parameter("hidden.weight")!).Should().BeTrue();
        using var copy = view.Copy("hidden.weight");
        view.SharesStorageWith(copy).Should().BeFalse();

        var fingerprint = view.Fingerprint();
        copy.zero_();
        view.Fingerprint().Should().Be(fingerprint);
        using (no_grad())
        {
            discriminator.get_parameter("hidden.weight")!.add_(1);
        }

        view.Fingerprint().Should().NotBe(fingerprint, "the view looks at the live weights");
    }

    [Fact]
    public void Copy_UnknownName_ListsThoseThereAre()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();

        var act = () => gan.Combined.Discriminator.Copy("weight");

        act.Should().Throw<ArgumentException>().WithMessage(
            "The discriminator has no parameter 'weight'; it has hidden.weight, hidden.bias, out.weight, out.bias. (Parameter 'name')");
    }
}
