using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Guarantees;

/// <summary>Guarantee 1: after a generator step the discriminator is byte-identical.</summary>
public sealed class GeneratorStepLeavesDiscriminatorTests
{
    public static TheoryData<string> Discriminators => ["plain", "batch norm", "moving buffer", "fieldless buffer"];

    [Theory]
    [MemberData(nameof(Discriminators))]
    public void TrainGenerator_AnyDiscriminator_LeavesEveryByteOfIt(string kind)
    {
        using var discriminator = Make(kind);
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        gan.TrainStep(real);
        var before = Snapshot.Of(discriminator);
        var generatorBefore = Snapshot.Of(generator);

        gan.TrainGenerator(real);

        Snapshot.Of(discriminator).Should().Be(before);
        Snapshot.Of(generator).Parameters.Should().NotBe(generatorBefore.Parameters, "the generator is what this step trains");
    }

    [Theory]
    [MemberData(nameof(Discriminators))]
    public void TrainGenerator_BeforeAnyDiscriminatorStep_LeavesItsGradientsNull(string kind)
    {
        using var discriminator = Make(kind);
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();

        gan.TrainGenerator(real);

        discriminator.parameters().Should().OnlyContain(p => ReferenceEquals(p.grad, null));
    }

    [Fact]
    public void TrainGenerator_GradientsOfTheCallersOwn_StayOnTheDiscriminator()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        discriminator.call(real).sum().backward();
        var before = Snapshot.Of(discriminator);

        gan.TrainGenerator(real);

        Snapshot.Of(discriminator).Should().Be(before);
    }

    [Fact]
    public void TrainGenerator_OptimizerOfTheDiscriminator_DoesNotMove()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        Adam? optimizer = null;
        using var gan = Toy.Builder(generator, discriminator)
            .WithOptimizers(discriminator: p => optimizer = optim.Adam(p, 1e-2), generator: p => optim.Adam(p, 1e-2))
            .Build();
        using var real = Toy.Real();
        gan.TrainStep(real);
        var before = StateBytes(optimizer!);

        gan.TrainGenerator(real);

        StateBytes(optimizer!).Should().Equal(before);
    }

    [Theory]
    [MemberData(nameof(Discriminators))]
    public void CombinedForward_ComparedWithTheUnfrozenPass_GivesTheGeneratorTheSameBits(string kind)
    {
        using var discriminator = Make(kind);
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var latent = gan.DrawLatents(16);

        gan.Combined.Forward(latent).mean().backward();
        var frozen = GradientsOf(generator);
        generator.zero_grad();
        discriminator.call(generator.call(latent)).mean().backward();

        GradientsOf(generator).Should().Be(frozen);
        discriminator.parameters().First().grad.Should().NotBeNull("the unfrozen pass shows that there was something to keep out");
    }

    private static Sequential Make(string kind) => kind switch
    {
        "batch norm" => Toy.DiscriminatorWithBatchNorm(),
        "moving buffer" => Toy.DiscriminatorWithMovingBuffer(),
        "fieldless buffer" => Toy.DiscriminatorWithFieldlessBuffer(),
        _ => Toy.Discriminator(),
    };

    private static string GradientsOf(nn.Module module) => Snapshot.Of(module).Gradients;

    private static byte[] StateBytes(Adam optimizer)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            optimizer.save_state_dict(writer);
        }

        return memory.ToArray();
    }
}
