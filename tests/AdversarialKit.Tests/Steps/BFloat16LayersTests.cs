using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary>Layers, penalties and options that must work with <see cref="ComputePrecision.BFloat16"/>.</summary>
public sealed class BFloat16LayersTests
{
    private const int Steps = 3;

    public static TheoryData<string, Func<nn.Module<Tensor, Tensor>>> Layers => new()
    {
        { "LayerNorm", () => nn.LayerNorm([8, 4, 4]) },
        { "GroupNorm", () => Initialized(nn.GroupNorm(2, 8)) },
        { "InstanceNorm2d", () => nn.InstanceNorm2d(8, affine: true) },
        { "SpectralNorm", () => SpectralNorm.Conv2d(8, 8, 3, padding: 1) },
        { "SelfAttention", () => GanLayer.SelfAttention(8) },
        { "PixelNorm", () => GanLayer.PixelNorm() },
        { "EqualizedLinear", () => GanLayer.EqualizedLinear(4, 4) },
        { "EqualizedConv2d", () => GanLayer.EqualizedConv2d(8, 8, 3, padding: 1) },
        { "ReflectionResidual", () => GanLayer.ReflectionResidual(8, affine: true) },
        { "PReLU", () => nn.PReLU(8) },
        { "Softplus", () => nn.Softplus() },
        { "ConvTranspose2d", () => nn.ConvTranspose2d(8, 8, 3, padding: 1) },
        { "AvgPool2d", () => nn.AvgPool2d(3, stride: 1, padding: 1) },
    };

    [LinuxTheory]
    [MemberData(nameof(Layers))]
    public void TrainStep_WithPenalties_StaysFiniteAndNearFloat32(string name, Func<nn.Module<Tensor, Tensor>> layer)
    {
        var rounded = Train(ComputePrecision.BFloat16, layer, builder => builder.WithPenalty(Penalty.R1(), 1).WithPenalty(Penalty.WganGp(), 10));
        var exact = Train(ComputePrecision.Full, layer, builder => builder.WithPenalty(Penalty.R1(), 1).WithPenalty(Penalty.WganGp(), 10));

        rounded.Discriminator.Loss.Should().BeApproximately(exact.Discriminator.Loss, 0.05 * Math.Abs(exact.Discriminator.Loss), name);
        rounded.Generator.Loss.Should().BeApproximately(exact.Generator.Loss, 0.05, name);
    }

    [LinuxTheory]
    [InlineData("batch statistics")]
    [InlineData("augmentation and accumulation")]
    [InlineData("shared fakes")]
    [InlineData("separate updates")]
    public void TrainStep_WithOptions_StaysNearFloat32(string option)
    {
        nn.Module<Tensor, Tensor> Layer() => option == "batch statistics" ? GanLayer.MinibatchStdDev() : nn.BatchNorm2d(8);
        GanBuilder Set(GanBuilder builder) => option switch
        {
            "augmentation and accumulation" => builder.WithAugmentation(Augmentation.DiffAugment()).WithGradientAccumulation(2),
            "shared fakes" => builder.WithFakes(FakeMode.Shared).WithLoss(AdversarialLoss.RelativisticAverage()),
            "separate updates" => builder.WithDiscriminatorUpdate(DiscriminatorUpdate.Separate),
            _ => builder,
        };

        var rounded = Train(ComputePrecision.BFloat16, Layer, builder => Set(builder), channels: option == "batch statistics" ? 9 : 8);
        var exact = Train(ComputePrecision.Full, Layer, builder => Set(builder), channels: option == "batch statistics" ? 9 : 8);

        rounded.Discriminator.Loss.Should().BeApproximately(exact.Discriminator.Loss, 0.05);
        rounded.Generator.Loss.Should().BeApproximately(exact.Generator.Loss, 0.05);
    }

    [LinuxFact]
    public void TrainStep_OfStyleLayers_StaysNearFloat32()
    {
        StepResult Trained(ComputePrecision precision)
        {
            manual_seed(6);
            using var generator = new StyledGenerator();
            using var discriminator = nn.Sequential(nn.Conv2d(2, 8, 4), nn.LeakyReLU(0.2), nn.Flatten(), nn.Linear(8, 1));
            using var gan = Toy.Builder(generator, discriminator).WithOptimizers(Optimizers.Adam(1e-3)).WithComputePrecision(precision).Build();
            using var random = new Generator(11);
            using var real = rand([8, 2, 4, 4], generator: random);
            gan.TrainStep(real);
            return gan.TrainStep(real);
        }

        var (rounded, exact) = (Trained(ComputePrecision.BFloat16), Trained(ComputePrecision.Full));

        rounded.Discriminator.Loss.Should().BeApproximately(exact.Discriminator.Loss, 0.02);
        rounded.Generator.Loss.Should().BeApproximately(exact.Generator.Loss, 0.02);
    }

    [LinuxFact]
    public void TrainStep_ConditionalWithAClassifier_StaysFinite()
    {
        manual_seed(1);
        using var generator = new LabelledModule(4, 2, 6);
        using var discriminator = new TwoHeaded(6, 2);
        using var gan = new GanBuilder()
            .WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithClassLabels(2).WithClassifier()
            .WithLoss(AdversarialLoss.Hinge()).WithOptimizers(Optimizers.Adam(1e-3)).WithSeed(1)
            .WithComputePrecision(ComputePrecision.BFloat16).Build();
        using var real = Toy.Real(8);
        using var labels = arange(8, dtype: ScalarType.Int64).remainder(2);

        var result = gan.TrainStep(new Batch(real, labels));

        result.Discriminator.AuxiliaryLoss.Should().BeInRange(0.1, 3);
        result.Generator.AuxiliaryLoss.Should().BeInRange(0.1, 3);
    }

    private static StepResult Train(
        ComputePrecision precision, Func<nn.Module<Tensor, Tensor>> layer, Action<GanBuilder> also, long channels = 8)
    {
        manual_seed(2);
        using var generator = nn.Sequential(
            nn.Linear(4, 3 * 8 * 8), nn.Unflatten(1, [3, 8, 8]), nn.BatchNorm2d(3), nn.ConvTranspose2d(3, 3, 3, padding: 1), nn.Tanh());
        using var discriminator = nn.Sequential(
            nn.Conv2d(3, 8, 4, stride: 2, padding: 1), layer(), nn.LeakyReLU(0.2), nn.Conv2d(channels, 1, 4), nn.Flatten());
        using var gan = Toy.Builder(generator, discriminator).WithOptimizers(Optimizers.Adam(1e-3)).WithPreset(also).WithComputePrecision(precision).Build();
        using var random = new Generator(11);
        using var real = rand([8, 3, 8, 8], generator: random);
        var result = default(StepResult);
        for (var i = 0; i < Steps; i++)
        {
            result = gan.TrainStep(real);
        }

        return result;
    }

    // TorchSharp leaves the memory of these as it found it.
    private static TorchSharp.Modules.GroupNorm Initialized(TorchSharp.Modules.GroupNorm layer)
    {
        nn.init.ones_(layer.weight!);
        nn.init.zeros_(layer.bias!);
        return layer;
    }
}
