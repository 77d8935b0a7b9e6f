using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Values, gradients and second gradients as PyTorch gives them: <c>Golden/Scripts/make_new_layers.py</c> writes them.</summary>
public sealed class NewLayersGoldenTests
{
    [Theory]
    [InlineData("equalized_conv2d")]
    [InlineData("modulated_conv2d")]
    [InlineData("modulated_conv2d_plain")]
    [InlineData("noise_injection")]
    [InlineData("gumbel_softmax")]
    [InlineData("gumbel_softmax_hard")]
    [InlineData("mapping_network")]
    [InlineData("reflection_residual")]
    [InlineData("reflection_residual_affine")]
    [InlineData("instance_norm")]
    [InlineData("instance_norm_affine")]
    [InlineData("concatenated")]
    [InlineData("reconstruction_energy")]
    [InlineData("reconstruction_energy_squared")]
    [InlineData("patch_discriminator")]
    [InlineData("unet")]
    public void Call_BackwardAndDoubleBackward_AgreeWithPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        using var golden = new LayerGolden(name, "new_layers_golden.json");
        using var module = Create(name).to(ScalarType.Float64);
        golden.WriteState(module);
        module.named_parameters().Should().HaveCount(golden.StateGradients().Count(), "no parameter may be left out");
        var input = golden.Tensor("x").requires_grad_(true);
        var (second, secondName) = Second(golden);

        var output = Call(module, input, second);
        var loss = (output * arange(output.numel(), ScalarType.Float64).cos().reshape(output.shape)).sum();
        loss.backward(retain_graph: true, create_graph: false);

        FiniteDifferences.ShouldAgree(output, golden.Tensor("y"), "output", 1e-12);
        FiniteDifferences.ShouldAgree(input.grad, golden.Tensor("x_grad"), "input", 1e-11);
        if (second is not null)
        {
            FiniteDifferences.ShouldAgree(second.grad, golden.Tensor(secondName + "_grad"), secondName, 1e-11);
        }

        foreach (var (key, expected) in golden.StateGradients())
        {
            FiniteDifferences.ShouldAgree(module.get_parameter(key)!.grad, expected, key, 1e-11);
        }

        CheckSecondOrder(golden, module, input, second);
    }

    private static void CheckSecondOrder(LayerGolden golden, nn.Module module, Tensor input, Tensor? second)
    {
        module.zero_grad();
        input.grad = null;
        var output = Call(module, input, second);
        var loss = (output * arange(output.numel(), ScalarType.Float64).cos().reshape(output.shape)).sum();
        var penalty = autograd.grad([loss], [input], create_graph: true, retain_graph: true)[0].square().sum();
        penalty.ShouldBeClose(golden.Number("penalty"), 1e-10, "penalty");
        if (!penalty.requires_grad)
        {
            return;
        }

        penalty.backward();
        FiniteDifferences.ShouldAgree(input.grad, golden.Tensor("penalty_x"), "penalty by input", 1e-10);
        foreach (var (key, expected) in golden.StateGradients("penalty_state"))
        {
            FiniteDifferences.ShouldAgree(module.get_parameter(key)!.grad, expected, "penalty by " + key, 1e-10);
        }
    }

    private static (Tensor? Tensor, string Name) Second(LayerGolden golden) =>
        ((string[])["style", "noise", "uniform"]).Where(golden.Has).Select(name => ((Tensor?)golden.Tensor(name).requires_grad_(true), name)).FirstOrDefault();

    private static Tensor Call(nn.Module module, Tensor input, Tensor? second) => module switch
    {
        NoiseInjection noise => noise.Add(input, second!),
        GumbelSoftmax gumbel => gumbel.By(input, second!),
        nn.Module<Tensor, Tensor, Tensor> modulated => modulated.call(input, second!),
        _ => ((nn.Module<Tensor, Tensor>)module).call(input),
    };

    private static nn.Module Create(string name) => name switch
    {
        "equalized_conv2d" => GanLayer.EqualizedConv2d(3, 4, kernelSize: 3, stride: 2, padding: 1),
        "modulated_conv2d" => GanLayer.ModulatedConv2d(3, 4, kernelSize: 3),
        "modulated_conv2d_plain" => GanLayer.ModulatedConv2d(3, 4, kernelSize: 1, demodulate: false, equalized: false),
        "noise_injection" => GanLayer.NoiseInjection(),
        "gumbel_softmax" => GanLayer.GumbelSoftmax(0.4),
        "gumbel_softmax_hard" => GanLayer.GumbelSoftmax(0.4, hard: true),
        "mapping_network" => GanLayer.MappingNetwork(3, 5, layers: 2, learningRateMultiplier: 0.1),
        "reflection_residual" => GanLayer.ReflectionResidual(2),
        "reflection_residual_affine" => GanLayer.ReflectionResidual(2, affine: true),
        "instance_norm" => nn.InstanceNorm2d(3),
        "instance_norm_affine" => nn.InstanceNorm2d(3, affine: true),
        "concatenated" => GanLayer.Concatenated(nn.Linear(4, 3)),
        "reconstruction_energy" => GanLayer.ReconstructionEnergy(nn.Sequential(nn.Linear(4, 2), nn.Tanh(), nn.Linear(2, 4))),
        "reconstruction_energy_squared" => GanLayer.ReconstructionEnergy(nn.Conv2d(2, 2, 3, padding: 1), squared: true),
        "patch_discriminator" => GanLayer.PatchDiscriminator(2, filters: 3, halvings: 2),
        "unet" => GanLayer.UNet(2, 1, levels: 3, filters: 3, dropout: 0),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
