using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary>A first layer that works in place gets a copy: neither the caller's batch, nor a leaf, nor a shared graph is changed by it.</summary>
public sealed class InPlaceFirstLayerTests
{
    [Theory]
    [InlineData("joint pass", FakeMode.Training)]
    [InlineData("two passes", FakeMode.Training)]
    [InlineData("two passes", FakeMode.Inference)]
    [InlineData("two passes", FakeMode.Shared)]
    [InlineData("R1", FakeMode.Training)]
    [InlineData("WGAN-GP", FakeMode.Shared)]
    [InlineData("a penalty of one's own", FakeMode.Training)]
    public void TrainStep_InPlaceFirstLayer_TrainsAsTheOtherFormDoesAndKeepsTheBatch(string what, FakeMode fakes)
    {
        var (inPlace, batch) = Train(what, fakes, inPlace: true);
        var (ordinary, _) = Train(what, fakes, inPlace: false);

        inPlace.Should().Be(ordinary);
        batch.Should().Be(Bytes(Toy.Real()));
    }

    [Fact]
    public void Generate_InPlaceFirstLayer_KeepsTheCallersLatents()
    {
        using var generator = nn.Sequential(nn.LeakyReLU(0.2, inplace: true), nn.Linear(4, 6));
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var latents = gan.DrawLatents(5);
        using var before = latents.clone();

        using var first = gan.Generate(latents);
        using var second = gan.Generate(latents);

        latents.Equals(before).Should().BeTrue();
        second.Equals(first).Should().BeTrue();
        gan.Combined.Forward(latents).Dispose();
        latents.Equals(before).Should().BeTrue();
    }

    private static (string Weights, string Batch) Train(string what, FakeMode fakes, bool inPlace)
    {
        random.manual_seed(4);
        using var generator = nn.Sequential(nn.Linear(4, 6), nn.Tanh());
        // Dropout that drops nothing is still no layer that is known to let both batches through at once.
        using var discriminator = nn.Sequential(nn.LeakyReLU(0.2, inPlace), nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 1), what == "joint pass" ? nn.Identity() : nn.Dropout(0));
        var builder = Toy.Builder(generator, discriminator).WithFakes(fakes);
        builder = what switch
        {
            "R1" => builder.WithPenalty(Penalty.R1(), weight: 1),
            "WGAN-GP" => builder.WithPenalty(Penalty.WganGp(), weight: 1),
            "a penalty of one's own" => builder.WithPenalty(new Own(), weight: 1),
            _ => builder,
        };
        using var gan = builder.Build();
        using var real = Toy.Real();

        gan.TrainStep(real);
        gan.TrainStep(real);

        return (Snapshot.Of(generator).Parameters + Snapshot.Of(discriminator).Parameters, Bytes(real));
    }

    private static string Bytes(Tensor tensor) => Snapshot.Digest([("real", tensor)]);

    private sealed class Own : IDiscriminatorPenalty
    {
        public InputGradients Needs => InputGradients.Real;

        public Tensor Compute(PenaltyContext context) => context.RealGradient.square().mean();
    }
}
