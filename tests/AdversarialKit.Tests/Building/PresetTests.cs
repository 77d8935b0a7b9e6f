using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Building;

public sealed class PresetTests
{
    public static TheoryData<string> Names => ["Dcgan", "WganGp", "Sngan", "R3Gan"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Preset_Built_DescribesWhatItsPaperStates(string name)
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4))
            .WithPreset(Of(name)).WithSeed(3).Build();

        var description = gan.Describe().ReplaceLineEndings("\n");

        description.Should().Be(Expected(name));
        gan.TrainStep(Enumerable.Repeat((Batch)Toy.Real(), gan.DiscriminatorSteps).ToArray()).Iteration.Should().Be(1);
    }

    [Fact]
    public void Preset_LaterCalls_OverrideIt()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = new GanBuilder().WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4))
            .WithPreset(Preset.WganGp(criticSteps: 3)).WithLoss(AdversarialLoss.Hinge()).WithDiscriminatorSteps(1).Build();

        gan.DiscriminatorSteps.Should().Be(1);
        gan.Describe().Should().Contain($"loss:               {AdversarialLoss.Hinge()}");
    }

    private static Action<GanBuilder> Of(string name) => name switch
    {
        "Dcgan" => Preset.Dcgan(),
        "WganGp" => Preset.WganGp(),
        "Sngan" => Preset.Sngan(),
        _ => Preset.R3Gan(gamma: 0.5, interval: 4),
    };

    private static string Expected(string name)
    {
        var (loss, steps, adam, more) = name switch
        {
            "Dcgan" => (AdversarialLoss.NonSaturating().ToString(), 1, "Adam(lr 0.0002, beta1 0.5, beta2 0.999, eps 1e-08)", ""),
            "WganGp" => (AdversarialLoss.Wasserstein().ToString(), 5, "Adam(lr 0.0001, beta1 0, beta2 0.9, eps 1e-08)",
                $"penalty:            10 x {Penalty.WganGp()}\n"),
            "Sngan" => (AdversarialLoss.Hinge().ToString(), 5, "Adam(lr 0.0002, beta1 0, beta2 0.9, eps 1e-08)", ""),
            _ => (AdversarialLoss.RelativisticPaired().ToString(), 1, "Adam(lr 0.0002, beta1 0, beta2 0.99, eps 1e-08)",
                $"penalty:            0.5 x {Penalty.R1()} every 4 steps\npenalty:            0.5 x {Penalty.R2()} every 4 steps\n" +
                $"generator average:  {Ema.HalfLife(10_000)}\n"),
        };
        return "generator:          Sequential of 110 parameters, normal [4] -> [6]\n" +
            "discriminator:      Sequential of 65 parameters, [6] -> [1]\n" +
            $"loss:               {loss}\n" +
            $"discriminator step: {steps} per iteration, one update on the sum of both losses, fakes in training mode\n" +
            $"optimizers:         discriminator {adam}, generator {adam}\n" +
            more +
            "computes in:        Float32 on cpu, seed 3";
    }
}
