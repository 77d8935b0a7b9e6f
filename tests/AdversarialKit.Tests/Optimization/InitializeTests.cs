using TorchSharp;
using TorchSharp.Modules;
using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class InitializeTests
{
    [Fact]
    public void GlorotUniform_LinearLayers_StayWithinRecordedLimits()
    {
        var vector = Vector("k.glorot");
        var sizes = vector.GetProperty("inputs").GetProperty("layers").EnumerateArray().Select(Numbers);
        using var random = new Generator(5);
        foreach (var (size, limit) in sizes.Zip(Numbers(vector.GetProperty("expected"))))
        {
            using var layer = nn.Linear((long)size[0], (long)size[1]);

            Initialize.GlorotUniform(layer, random);

            var greatest = layer.weight!.abs().max().item<float>();
            greatest.Should().BeLessThanOrEqualTo((float)limit).And.BeGreaterThan((float)limit * 0.95f);
            layer.weight.mean().item<float>().Should().BeInRange((float)-limit / 4, (float)limit / 4);
            layer.bias!.abs().sum().item<float>().Should().Be(0);
        }
    }

    [Fact]
    public void GlorotUniform_Convolutions_CountTheWindow()
    {
        using var convolution = nn.Conv2d(8, 16, 5);
        using var transposed = nn.ConvTranspose2d(8, 16, 5);
        using var network = nn.Sequential(convolution, nn.Sequential(transposed));
        using var random = new Generator(5);

        Initialize.GlorotUniform(network, random);

        var limit = MathF.Sqrt(6f / ((8 + 16) * 25));
        foreach (var weight in new[] { convolution.weight, transposed.weight })
        {
            weight!.abs().max().item<float>().Should().BeLessThanOrEqualTo(limit).And.BeGreaterThan(limit * 0.99f);
        }
    }

    [Fact]
    public void GlorotUniform_SameSeed_GivesTheSameWeightsWhateverTorchsSeed()
    {
        using var first = Network();
        using var second = Network();
        using var one = new Generator(9);
        using var same = new Generator(9);

        Initialize.GlorotUniform(first, one);
        randn(3).Dispose();
        Initialize.GlorotUniform(second, same);

        Bytes(first.parameters()).Should().Equal(Bytes(second.parameters()));
        first.parameters().Should().AllSatisfy(p => p.requires_grad.Should().BeTrue());
    }

    [Fact]
    public void GlorotUniform_OtherLayers_KeepTheirs()
    {
        using var embedding = nn.Embedding(10, 4);
        using var norm = nn.BatchNorm2d(4);
        var before = Bytes([embedding.weight!, norm.weight!, norm.bias!]);
        using var network = nn.ModuleList<nn.Module>(embedding, norm);

        Initialize.GlorotUniform(network);

        Bytes([embedding.weight!, norm.weight!, norm.bias!]).Should().Equal(before);
    }

    [Fact]
    public void Normal_WeightsAndScales_AsDcgan()
    {
        using var network = Network();
        using var random = new Generator(2);

        Initialize.Normal(network, 0.02, random);

        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        Moments(parameters["0.weight"]).Should().Match<(double Mean, double Std)>(m => Math.Abs(m.Mean) < 0.002 && Math.Abs(m.Std - 0.02) < 0.002);
        Moments(parameters["1.weight"]).Should().Match<(double Mean, double Std)>(m => Math.Abs(m.Mean - 1) < 0.01 && Math.Abs(m.Std - 0.02) < 0.008);
        parameters["0.bias"].abs().sum().item<float>().Should().Be(0);
        parameters["1.bias"].abs().sum().item<float>().Should().Be(0);
    }

    [Fact]
    public void Normal_NegativeDeviation_IsToldAtOnce()
    {
        using var network = Network();

        var initialize = () => Initialize.Normal(network, -1);

        initialize.Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("The standard deviation is -1; it must be a finite number of at least 0. (Parameter 'std')");
    }

    private static (double Mean, double Std) Moments(Tensor tensor) => (tensor.mean().ToDouble(), tensor.std().ToDouble());

    private static Sequential Network() => nn.Sequential(nn.Conv2d(8, 64, 3), nn.BatchNorm2d(64), nn.Conv2d(64, 4, 3));
}
