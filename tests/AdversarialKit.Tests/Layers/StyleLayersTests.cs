using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class StyleLayersTests
{
    [Fact]
    public void ModulatedConv2d_Demodulated_DoesNotCareHowLargeTheStyleIs()
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.ModulatedConv2d(8, 8, 3);
        var (input, style) = (Drawn.Normal(4, 8, 16, 16), Drawn.Normal(4, 8));

        var output = layer.call(input, style);

        FiniteDifferences.ShouldAgree(layer.call(input, style * 7), output, "output", 1e-5);
        output.var().ToDouble().Should().BeApproximately(1, 0.2, "unit variance goes in and comes out");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ModulatedConv2d_PlainAndFresh_KeepsTheVarianceForAStyleOfOnes(bool equalized)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var layer = GanLayer.ModulatedConv2d(64, 64, 3, demodulate: false, equalized);

        layer.call(Drawn.Normal(4, 64, 16, 16), ones(4, 64)).var().ToDouble().Should().BeApproximately(1, 0.15);
        layer.get_parameter("weight")!.std().ToDouble().Should().BeApproximately(equalized ? 1 : 1 / 24.0, 0.02);
    }

    [Fact]
    public void EqualizedConv2d_Fresh_KeepsHesVariance()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var layer = GanLayer.EqualizedConv2d(32, 64, 3);
        Initialize.Normal(layer, 0.02, random);

        // Twice the inputs' variance, of which a ReLU then keeps half.
        layer.call(Drawn.Normal(8, 32, 12, 12)).var().ToDouble().Should().BeApproximately(2, 0.15);
    }

    [Fact]
    public void Initialize_EqualizedAndModulatedLayers_DrawTheirOwnDeviation()
    {
        foreach (var (layer, deviation) in new (nn.Module, double)[]
        {
            (GanLayer.EqualizedConv2d(16, 16, 3), 1), (GanLayer.ModulatedConv2d(16, 16, 3), 1), (GanLayer.ModulatedConv2d(16, 16, 3, equalized: false), 1 / 12.0),
        })
        {
            using var owned = layer;
            using var random = new Generator(9);

            Initialize.GlorotUniform(layer, random);

            layer.get_parameter("weight")!.std().ToDouble().Should().BeApproximately(deviation, 0.04 * deviation);
        }
    }

    [Fact]
    public void JointPass_ThroughEqualizedConvolutions_IsStillKnownToTreatSamplesAlone()
    {
        using var known = nn.Sequential(GanLayer.EqualizedConv2d(1, 2, 3), GanLayer.Concatenated(nn.LeakyReLU(0.2)), nn.Flatten(), nn.Linear(16, 1));
        using var unknown = nn.Sequential(nn.Conv2d(1, 2, 3), GanLayer.NoiseInjection());

        BatchDependence.IsKnownAbsent(known).Should().BeTrue();
        BatchDependence.IsKnownAbsent(unknown).Should().BeFalse();
    }

    [Theory]
    [InlineData(new long[] { 2, 3, 8, 8 }, new long[] { 2, 4 }, "ModulatedConv2d was given an input of shape [2, 3, 8, 8]; it takes [N, 4, H, W] with N at least 1, as said "
        + "when it was made. (Parameter 'input')")]
    [InlineData(new long[] { 0, 4, 8, 8 }, new long[] { 0, 4 }, "ModulatedConv2d was given an input of shape [0, 4, 8, 8]; it takes [N, 4, H, W] with N at least 1, as said "
        + "when it was made. (Parameter 'input')")]
    [InlineData(new long[] { 2, 4, 8, 8 }, new long[] { 1, 4 }, "ModulatedConv2d was given a style of shape [1, 4] for an input of shape [2, 4, 8, 8]; it takes one scale for "
        + "each sample and channel, [2, 4]. (Parameter 'style')")]
    public void ModulatedConv2d_OnShapesThatDoNotFit_SaysWhatItTakes(long[] input, long[] style, string message)
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.ModulatedConv2d(4, 2, 3);
        var (maps, scales) = (zeros(input), zeros(style));

        layer.Invoking(l => l.call(maps, scales)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Theory]
    [InlineData(new long[] { 2, 3, 8, 8 })]
    [InlineData(new long[] { 2, 4, 2, 8 })]
    public void EqualizedConv2d_OnShapesThatDoNotFit_SaysWhatItTakes(long[] shape)
    {
        using var input = zeros(shape);
        using var layer = GanLayer.EqualizedConv2d(4, 2, 5, padding: 1);

        layer.Invoking(l => l.call(input)).Should().Throw<ArgumentException>().WithMessage(
            $"EqualizedConv2d was given an input of shape [{string.Join(", ", shape)}]; it takes [N, 4, H, W], as said when it was made, with sides of at least 3. (Parameter 'input')");
    }

    [Fact]
    public void Create_NumbersOutOfRange_AreToldAtOnce()
    {
        ((Action)(() => GanLayer.ModulatedConv2d(1, 1, 4))).Should().Throw<ArgumentException>().WithMessage(
            "A modulated convolution keeps the size of its input, which a kernel of 4 cannot: 'kernelSize' must be odd. Pass 1 or 3. (Parameter 'kernelSize')");
        foreach (var create in new Action[]
        {
            () => GanLayer.ModulatedConv2d(0, 1, 1), () => GanLayer.EqualizedConv2d(1, 0, 1), () => GanLayer.EqualizedConv2d(1, 1, 1, stride: 0),
            () => GanLayer.EqualizedConv2d(1, 1, 1, padding: -1), () => GanLayer.MappingNetwork(1, 1, layers: 0), () => GanLayer.MappingNetwork(1, 1, 1, 0),
        })
        {
            create.Should().Throw<ArgumentOutOfRangeException>();
        }
    }
}
