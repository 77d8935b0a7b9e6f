using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary>Training with <see cref="ComputePrecision.BFloat16"/>: what is computed in it, and what is not.</summary>
public sealed class BFloat16StepTests : IDisposable
{
    private readonly Tensor _real = Toy.Real(32);

    public static TheoryData<string, IDiscriminatorPenalty> Penalties => new()
    {
        { "R1", Penalty.R1() }, { "R2", Penalty.R2() }, { "WGAN-GP", Penalty.WganGp() }, { "DRAGAN", Penalty.Dragan() },
    };

    public void Dispose() => _real.Dispose();

    [LinuxFact]
    public void TrainStep_InBFloat16_HasTheGradientsOfFloat32WithinItsRounding()
    {
        using var exact = new BFloat16Gan(ComputePrecision.Full);
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16);

        var expected = exact.Gan.TrainStep(_real);
        var result = rounded.Gan.TrainStep(_real);

        // 8 significant bits: each product is rounded to within 0.4 %. No error at all would mean that nothing was.
        BFloat16Gan.GradientError(rounded.Discriminator, exact.Discriminator).Should().BeInRange(1e-4, 0.02);
        BFloat16Gan.GradientError(rounded.Generator, exact.Generator).Should().BeInRange(1e-4, 0.02);
        result.Discriminator.Loss.Should().BeApproximately(expected.Discriminator.Loss, 0.005);
        result.Generator.Loss.Should().BeApproximately(expected.Generator.Loss, 0.005);
    }

    [LinuxTheory]
    [MemberData(nameof(Penalties))]
    public void Penalty_InBFloat16_IsThatOfFloat32WithinItsRounding(string name, IDiscriminatorPenalty penalty)
    {
        void WithPenalty(GanBuilder builder) => builder.WithPenalty(penalty, 10);
        using var exact = new BFloat16Gan(ComputePrecision.Full, WithPenalty);
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16, WithPenalty);

        var expected = exact.Gan.TrainDiscriminator(_real);
        var result = rounded.Gan.TrainDiscriminator(_real);

        result.Penalty.Should().BeGreaterThan(0, name).And.BeApproximately(expected.Penalty, 0.02 * expected.Penalty);
        BFloat16Gan.GradientError(rounded.Discriminator, exact.Discriminator).Should().BeInRange(1e-5, 0.03, name);
    }

    [LinuxFact]
    public void TrainStep_InBFloat16_KeepsWeightsGradientsAndStatisticsInFloat32()
    {
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16);

        rounded.Gan.TrainStep(_real);

        foreach (var network in new nn.Module[] { rounded.Generator, rounded.Discriminator })
        {
            network.parameters().Should().OnlyContain(p => p.dtype == ScalarType.Float32 && p.grad!.dtype == ScalarType.Float32);
        }

        rounded.Generator.get_buffer("norm.running_var")!.dtype.Should().Be(ScalarType.Float32);
    }

    [LinuxFact]
    public void TrainStep_InBFloat16_GivesLossesPenaltiesAndAugmentationsFloat32()
    {
        var seen = new TypeRecorder();
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16, builder => builder.WithLoss(seen).WithPenalty(seen, 1).WithAugmentation(seen));

        rounded.Gan.TrainStep(_real);

        seen.Types.Should().HaveCount(3 + 3 + 4).And.OnlyContain(type => type == ScalarType.Float32);
    }

    [LinuxFact]
    public void TrainStep_SmallUpdates_AreNotLost()
    {
        void Slowly(GanBuilder builder) => builder.WithOptimizers(Optimizers.Adam(2e-5, beta1: 0.5));
        using var exact = new BFloat16Gan(ComputePrecision.Full, Slowly);
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16, Slowly);
        using var before = rounded.Discriminator.get_parameter("second.weight")!.detach().clone();

        for (var i = 0; i < 100; i++)
        {
            exact.Gan.TrainStep(_real);
            rounded.Gan.TrainStep(_real);
        }

        using var expected = exact.Discriminator.get_parameter("second.weight")!.detach() - before;
        using var moved = rounded.Discriminator.get_parameter("second.weight")!.detach() - before;
        // A weight of 0.1 in bfloat16 would stay where it is: the next one up is 0.0005 away.
        nn.functional.cosine_similarity(moved.flatten(), expected.flatten(), dim: 0).ToSingle().Should().BeGreaterThan(0.95f);
        (moved.norm() / expected.norm()).ToSingle().Should().BeInRange(0.95f, 1.05f);
    }

    [LinuxTheory]
    [InlineData(3e4f)]
    [InlineData(-3e4f)]
    public void TrainStep_ExtremeLogits_HasTheLossOfFloat32(float bias)
    {
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16);
        using (no_grad())
        {
            rounded.Discriminator.get_parameter("out.bias")!.fill_(bias);
        }

        var result = rounded.Gan.TrainStep(_real);

        result.Discriminator.RealLoss.Should().BeApproximately(Math.Max(0, -bias), 200);
        result.Discriminator.FakeLoss.Should().BeApproximately(Math.Max(0, bias), 200);
        rounded.Discriminator.parameters().Concat(rounded.Generator.parameters()).Should().OnlyContain(p => p.isfinite().all().ToBoolean());
    }

    [LinuxFact]
    public void Generate_InBFloat16_SamplesInFloat32()
    {
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16);
        using var latents = rounded.Gan.DrawLatents(5);

        using var samples = rounded.Gan.Generate(latents);

        rounded.Generator.eval();
        using var byHand = rounded.Generator.call(latents);
        samples.Equals(byHand).Should().BeTrue();
    }

    [LinuxFact]
    public void Combined_InBFloat16_ComputesAsTheStepDoesAndLeavesTheDiscriminatorUntouched()
    {
        using var rounded = new BFloat16Gan(ComputePrecision.BFloat16);
        using var latents = rounded.Gan.DrawLatents(5);
        var before = Snapshot.Of(rounded.Discriminator);

        using var logits = rounded.Gan.Combined.Forward(latents);
        logits.sum().backward();

        using var asRounded = logits.to(ScalarType.BFloat16).to(ScalarType.Float32);
        logits.Equals(asRounded).Should().BeTrue("a number of bfloat16 came out, as one of float32");
        Snapshot.Of(rounded.Discriminator).Should().Be(before);
        rounded.Generator.parameters().Should().OnlyContain(p => p.grad!.dtype == ScalarType.Float32);
    }

    [LinuxFact]
    public void TrainStep_ALayerThrows_LeavesTheThreadInFloat32()
    {
        var failing = new FailingLayer();
        using var generator = nn.Sequential(("hidden", nn.Linear(4, 6)), ("failing", failing));
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).WithComputePrecision(ComputePrecision.BFloat16).Build();
        failing.FailAt = 0;
        using var real = Toy.Real();

        gan.Invoking(g => g.TrainStep(real)).Should().Throw<InvalidOperationException>().WithMessage("broken on purpose");

        using var product = _real.mm(_real.t());
        product.dtype.Should().Be(ScalarType.Float32);
    }

    private sealed class TypeRecorder : IAdversarialLoss, IDiscriminatorPenalty, IAugmentation
    {
        public List<ScalarType> Types { get; } = [];

        public Tensor DiscriminatorReal(Tensor real) => Seen(real).mean().neg();

        public Tensor DiscriminatorFake(Tensor fake) => Seen(fake).mean();

        public Tensor Generator(Tensor fake) => Seen(fake).mean().neg();

        public Tensor Compute(PenaltyContext context)
        {
            using var gradient = context.GradientAt(context.Fake);
            Seen(context.Fake);
            return (Seen(context.RealLogits) * Seen(gradient).mean()).mean();
        }

        public Tensor Augment(Tensor images, AugmentationContext context) => Seen(images).alias();

        private Tensor Seen(Tensor tensor)
        {
            Types.Add(tensor.dtype);
            return tensor;
        }
    }
}
