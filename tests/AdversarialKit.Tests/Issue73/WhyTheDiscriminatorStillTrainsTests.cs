using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Issue73;

/// <summary>The famous question, sentence by sentence: the discriminator is set untrainable, so why does it still train?</summary>
public sealed class WhyTheDiscriminatorStillTrainsTests
{
    [Fact]
    public void Discriminator_TrainsByItself()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        var before = gan.Combined.Discriminator.Fingerprint();

        gan.TrainDiscriminator(real);

        gan.Combined.Discriminator.Fingerprint().Should().NotBe(before);
    }

    [Fact]
    public void Discriminator_IsFrozenInTheCombinedModel()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        var before = gan.Combined.Discriminator.Fingerprint();

        gan.TrainGenerator(real);

        gan.Combined.Discriminator.Fingerprint().Should().Be(before);
        gan.Combined.TrainableParameters.Should().BeEquivalentTo(generator.parameters(), o => o.WithStrictOrdering().ComparingByValue<TorchSharp.Modules.Parameter>());
    }

    [Fact]
    public void Flags_SetAfterBuild_ChangeNeitherStep()
    {
        var untouched = TrainWithFlags(change: null);

        TrainWithFlags(change: false).Should().Be(untouched, "trainable = false after the compile stops nothing");
        TrainWithFlags(change: true).Should().Be(untouched, "and trainable = true thaws nothing");
    }

    [Fact]
    public void Discriminator_FrozenBeforeBuild_IsRefused()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        SetFlags(discriminator, false);

        var act = () => Toy.Builder(generator, discriminator).Build();

        act.Should().Throw<InvalidGanException>().Which.Faults.Should().ContainSingle().Which.Should().Be(
            "All 4 parameters of the discriminator were frozen before Build(), so no step could ever train it. Set requires_grad " +
            "to true on those that shall be trained; the freeze of the discriminator in the combined model is the library's work.");
    }

    [Fact]
    public void Layer_FrozenBeforeBuild_StaysFrozenInBothSteps()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        discriminator.get_parameter("hidden.weight")!.requires_grad = false;
        generator.get_parameter("hidden.weight")!.requires_grad = false;
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        SetFlags(discriminator, true);
        SetFlags(generator, true);
        var before = (Bytes(discriminator, "hidden.weight"), Bytes(generator, "hidden.weight"));
        var others = (Bytes(discriminator, "out.weight"), Bytes(generator, "out.weight"));

        gan.TrainStep(real);

        (Bytes(discriminator, "hidden.weight"), Bytes(generator, "hidden.weight")).Should().Be(before);
        Bytes(discriminator, "out.weight").Should().NotBe(others.Item1);
        Bytes(generator, "out.weight").Should().NotBe(others.Item2);
    }

    [Fact]
    public void Weights_AreSharedByBothSteps()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        using var latent = gan.DrawLatents(16);
        using var before = gan.Combined.Forward(latent);

        gan.TrainDiscriminator(real);

        using var after = gan.Combined.Forward(latent);
        after.Equals(before).Should().BeFalse("the combined model sees what the discriminator step did");
        discriminator.parameters().Should().OnlyContain(p => gan.Combined.Discriminator.SharesStorageWith(p));
    }

    private static (Snapshot, Snapshot) TrainWithFlags(bool? change)
    {
        manual_seed(3);
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        if (change is { } flag)
        {
            SetFlags(discriminator, flag);
            SetFlags(generator, flag);
        }

        gan.TrainStep(real);
        gan.TrainStep(real);
        SetFlags(discriminator, true);
        SetFlags(generator, true);
        return (Snapshot.Of(generator), Snapshot.Of(discriminator));
    }

    private static void SetFlags(nn.Module module, bool trainable)
    {
        foreach (var parameter in module.parameters())
        {
            parameter.requires_grad = trainable;
        }
    }

    private static string Bytes(nn.Module module, string name) => Snapshot.Digest([(name, module.get_parameter(name))]);
}
