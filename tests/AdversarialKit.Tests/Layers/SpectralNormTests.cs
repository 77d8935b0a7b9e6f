using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SpectralNormTests
{
    [Fact]
    public void Linear_AfterPowerIterations_HasThePublishedSigma()
    {
        using var scope = NewDisposeScope();
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine("Golden", "loss_vectors.json")));
        var vector = file.RootElement.GetProperty("vectors").EnumerateArray()
            .Single(v => v.GetProperty("id").GetString() == "l.spectral_norm");
        var (inputs, expected) = (vector.GetProperty("inputs"), vector.GetProperty("expected"));
        var counts = inputs.GetProperty("k").EnumerateArray().Select(k => k.GetInt32()).ToArray();
        var sigmas = expected.GetProperty("sigma").EnumerateArray().Select(s => s.GetDouble()).ToArray();
        var weight = inputs.GetProperty("W").EnumerateArray().SelectMany(SpectralNormGolden.Numbers).ToArray();

        foreach (var (count, sigma) in counts.Zip(sigmas))
        {
            var layer = nn.Linear(3, 2, hasBias: false, dtype: ScalarType.Float64);
            SpectralNormGolden.Write(layer.weight!, weight);
            using var normalised = SpectralNorm.Apply(layer, count);
            SpectralNormGolden.Write(normalised.get_buffer("weight_u")!, SpectralNormGolden.Numbers(inputs.GetProperty("u0")));

            var effective = normalised.call(eye(3, dtype: ScalarType.Float64));

            (weight[0] / effective[0, 0].item<double>()).Should().BeApproximately(sigma, 1e-9);
        }
    }

    [Theory]
    [InlineData("linear")]
    [InlineData("conv2d")]
    [InlineData("conv_transpose2d")]
    public void Apply_OverFourTrainingCalls_AgreesWithPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        using var golden = SpectralNormGolden.Load(name);
        using var module = golden.Module();
        var input = golden.Tensor("x", "x_shape").requires_grad_(true);

        foreach (var expected in golden.TrainingOutputs())
        {
            FiniteDifferences.ShouldAgree(module.call(input), expected, "output", 1e-12);
        }

        var output = module.call(input);
        (output * arange(output.numel(), ScalarType.Float64).cos().reshape(output.shape)).sum().backward();

        FiniteDifferences.ShouldAgree(module.get_parameter("weight_orig")!.grad, golden.Tensor("weight_grad", "weight_shape"), "weight", 1e-12);
        FiniteDifferences.ShouldAgree(input.grad, golden.Tensor("input_grad", "x_shape"), "input", 1e-12);
        FiniteDifferences.ShouldAgree(module.get_parameter("bias")!.grad, golden.Tensor("bias_grad"), "bias", 1e-12);
        module.eval();
        FiniteDifferences.ShouldAgree(module.call(input), golden.Tensor("eval_output", "y_shape"), "evaluation", 1e-12);
        FiniteDifferences.ShouldAgree(module.get_buffer("weight_u")!, golden.Tensor("u"), "u", 1e-12);
        FiniteDifferences.ShouldAgree(module.get_buffer("weight_v")!, golden.Tensor("v"), "v", 1e-12);
    }

    [Theory]
    [InlineData("linear", 0)]
    [InlineData("conv2d", 0)]
    [InlineData("conv_transpose2d", 1)]
    public void Apply_AfterManyIterations_FindsTheLargestSingularValue(string name, int rows)
    {
        using var scope = NewDisposeScope();
        using var golden = SpectralNormGolden.Load(name);
        using var module = golden.Module();
        for (var i = 0; i < 200; i++)
        {
            module.call(golden.Tensor("x", "x_shape"));
        }

        var matrix = golden.Tensor("weight", "weight_shape").transpose(0, rows).flatten(1);
        var largest = linalg.svdvals(matrix)[0].item<double>();

        Sigma(module, matrix).Should().BeApproximately(largest, 1e-9);
    }

    [Fact]
    public void Create_WithoutAnyCall_IsNearTheLargestSingularValue()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        using var module = SpectralNorm.Linear(20, 30, random: random);
        var weight = module.get_parameter("weight_orig")!;

        var largest = linalg.svdvals(weight)[0].item<float>();

        Sigma(module, weight).Should().BeInRange(largest * 0.9, largest * 1.0001);
    }

    [Fact]
    public void Create_WithEqualSeeds_StartsFromEqualVectors()
    {
        using var scope = NewDisposeScope();
        var weight = Drawn.Normal(4, 3);
        Tensor Start(ulong seed)
        {
            using var random = new Generator(seed);
            var layer = nn.Linear(3, 4);
            layer.weight = new Parameter(weight.clone());
            return SpectralNorm.Apply(layer, random: random).get_buffer("weight_u")!;
        }

        Start(5).eq(Start(5)).all().item<bool>().Should().BeTrue();
        Start(5).eq(Start(6)).all().item<bool>().Should().BeFalse();
    }

    [Fact]
    public void Call_InTrainingMode_MovesTheVectorsInPlace()
    {
        using var scope = NewDisposeScope();
        using var module = SpectralNorm.Linear(20, 30);
        var (u, before) = (module.get_buffer("weight_u")!, module.get_buffer("weight_u")!.clone());

        module.call(Drawn.Normal(2, 20));

        u.eq(before).all().item<bool>().Should().BeFalse();
        ReferenceEquals(module.get_buffer("weight_u")!, u).Should().BeTrue();
    }

    [Fact]
    public void Backward_AfterASecondCall_StillWorks()
    {
        using var scope = NewDisposeScope();
        using var module = SpectralNorm.Conv2d(2, 3, 3);
        var input = Drawn.Normal(2, 2, 4, 4);
        var first = module.call(input).sum();
        module.call(input);

        first.backward();

        module.get_parameter("weight_orig")!.grad!.isfinite().all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Call_InSequential_LeavesTheInputAlive()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Sequential(SpectralNorm.Conv2d(1, 2, 3), nn.LeakyReLU(0.1), nn.Flatten(), SpectralNorm.Linear(8, 1));
        var input = Drawn.Normal(2, 1, 4, 4);

        network.call(input).shape.Should().Equal(2, 1);

        input.IsInvalid.Should().BeFalse();
        network.parameters().Should().HaveCount(4);
    }

    private static double Sigma(nn.Module module, Tensor matrix)
    {
        using var noGrad = no_grad();
        return dot(module.get_buffer("weight_u")!, mv(matrix, module.get_buffer("weight_v")!)).ToDouble();
    }
}
