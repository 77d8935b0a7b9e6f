using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Issue73;

/// <summary>What the ways in which PyTorch scripts spare the discriminator leave open, shown on plain modules.</summary>
public sealed class WhatPyTorchScriptsDoTests
{
    [Fact]
    public void AnOptimizerForEachNetwork_GeneratorsBackward_FillsTheDiscriminatorsGradients()
    {
        using var scope = NewDisposeScope();
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();

        discriminator.call(generator.call(randn(16, 4))).mean().backward();

        discriminator.parameters().Select(p => p.grad).Should().NotContainNulls();
    }

    [Fact]
    public void RequiresGradFalse_GeneratorsPass_StillMovesBatchNormStatistics()
    {
        using var scope = NewDisposeScope();
        using var generator = Toy.Generator();
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        foreach (var parameter in discriminator.parameters())
        {
            parameter.requires_grad = false;
        }

        var before = Snapshot.Of(discriminator);

        discriminator.call(generator.call(randn(16, 4))).mean().backward();

        var after = Snapshot.Of(discriminator);
        after.Gradients.Should().Be(before.Gradients);
        after.Buffers.Should().NotBe(before.Buffers);
    }

    [Fact]
    public void Eval_GeneratorsPass_GivesTheGradientOfAnotherFunction()
    {
        using var scope = NewDisposeScope();
        using var generator = Toy.Generator();
        using var discriminator = Toy.DiscriminatorWithBatchNorm();
        var latents = randn(16, 4);
        var training = GradientOf(generator, discriminator, latents);
        discriminator.eval();
        var statistics = Snapshot.Of(discriminator).Buffers;

        var inference = GradientOf(generator, discriminator, latents);

        Snapshot.Of(discriminator).Buffers.Should().Be(statistics);
        inference.allclose(training, rtol: 1e-2).Should().BeFalse();
    }

    private static Tensor GradientOf(nn.Module<Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, Tensor latents)
    {
        generator.zero_grad();
        nn.functional.softplus(-discriminator.call(generator.call(latents))).mean().backward();
        return generator.get_parameter("out.weight")!.grad!.clone();
    }
}
