using System.Reflection;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>What a layer that was taken over keeps, and what the combined model may rely on.</summary>
public sealed class SpectralNormApplyTests
{
    [Fact]
    public void StateDict_HasPyTorchsNames()
    {
        using var linear = SpectralNorm.Linear(3, 2);
        using var bare = SpectralNorm.Linear(3, 2, bias: false);

        linear.state_dict().Keys.Should().BeEquivalentTo("weight_orig", "bias", "weight_u", "weight_v");
        linear.named_buffers().Select(b => b.name).Should().BeEquivalentTo("weight_u", "weight_v");
        bare.state_dict().Keys.Should().BeEquivalentTo("weight_orig", "weight_u", "weight_v");
    }

    [Fact]
    public void Apply_OnAFrozenLayer_StaysFrozenAndSharesTheMemory()
    {
        using var layer = nn.Linear(3, 2);
        layer.weight!.requires_grad_(false);
        using var values = layer.weight.clone();

        using var module = SpectralNorm.Apply(layer);

        var taken = module.get_parameter("weight_orig")!;
        taken.requires_grad.Should().BeFalse();
        using var equal = taken.eq(values).all();
        equal.item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Backward_AfterACallOnSwappedBuffers_WorksAndLeavesTheOriginalsAlone()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Linear(6, 5);
        using (no_grad())
        {
            // Singular values this close are far from settled after sixteen iterations: one more changes u and v, however they were drawn.
            layer.weight!.copy_(eye(5, 6) * linspace(0.8, 1, 5).unsqueeze(1));
        }

        using var module = SpectralNorm.Apply(layer);
        var fields = module.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(f => f.FieldType == typeof(Tensor)).ToArray();
        var originals = fields.Select(f => (Tensor)f.GetValue(module)!).ToArray();
        var before = originals.Select(o => o.clone()).ToArray();
        var copies = originals.Select(o => o.clone()).ToArray();

        fields.Zip(copies).ToList().ForEach(p => p.First.SetValue(module, p.Second));
        var loss = module.call(Drawn.Normal(2, 6)).sum();
        fields.Zip(originals).ToList().ForEach(p => p.First.SetValue(module, p.Second));
        copies.Zip(before, (copy, then) => copy.eq(then).all().item<bool>()).Should().Equal(false, false);
        Array.ForEach(copies, c => c.Dispose());
        loss.backward();

        fields.Should().HaveCount(2);
        originals.Zip(before, (now, then) => now.eq(then).all().item<bool>()).Should().Equal(true, true);
        module.get_parameter("weight_orig")!.grad!.isfinite().all().item<bool>().Should().BeTrue();
    }

    [Theory]
    [InlineData(PaddingModes.Zeros, false)]
    [InlineData(PaddingModes.Reflect, false)]
    [InlineData(PaddingModes.Circular, false)]
    [InlineData(PaddingModes.Replicate, true)]
    [InlineData(PaddingModes.Zeros, true)]
    public void Apply_OnAConvolutionWithPadding_ComputesAsTheLayerDid(PaddingModes mode, bool same)
    {
        using var scope = NewDisposeScope();
        Conv2d Layer() => same
            ? nn.Conv2d(2, 4, (2, 2), Padding.Same, padding_mode: mode, groups: 2)
            : nn.Conv2d(2, 4, (3, 2), padding: (2, 1), dilation: (1, 2), padding_mode: mode, groups: 2);
        var (layer, twin) = (Layer(), Layer());
        twin.load_state_dict(layer.state_dict());
        using var module = SpectralNorm.Apply(layer);
        module.eval();
        using (no_grad())
        {
            twin.weight!.div_(Sigma(module, twin.weight.flatten(1)));
        }

        var input = Drawn.Normal(2, 2, 5, 6);

        FiniteDifferences.ShouldAgree(module.call(input), twin.call(input), "output", 1e-6);
    }

    [Fact]
    public void Apply_WithNoPowerIteration_SaysWhatIsAllowed()
    {
        using var layer = nn.Linear(3, 2);

        var act = () => SpectralNorm.Apply(layer, powerIterations: 0);

        act.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("powerIterations");
    }

    private static double Sigma(nn.Module module, Tensor matrix)
    {
        using var noGrad = no_grad();
        return dot(module.get_buffer("weight_u")!, mv(matrix, module.get_buffer("weight_v")!)).ToDouble();
    }
}
