using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class GanLayerTests
{
    [Theory]
    [InlineData("minibatch_4d_group2_features2")]
    [InlineData("minibatch_2d_group4_features1")]
    [InlineData("minibatch_small_batch")]
    [InlineData("self_attention")]
    [InlineData("conditional_batch_norm_2d")]
    [InlineData("conditional_batch_norm_1d")]
    [InlineData("projection_head")]
    [InlineData("pixel_norm")]
    [InlineData("equalized_linear")]
    public void Call_AndBackward_AgreeWithPyTorch(string name)
    {
        using var scope = NewDisposeScope();
        using var golden = new LayerGolden(name);
        using var module = Create(name).to(ScalarType.Float64);
        golden.WriteState(module);
        var input = golden.Tensor("x").requires_grad_(true);

        var output = module is nn.Module<Tensor, Tensor, Tensor> conditional
            ? conditional.call(input, golden.Labels())
            : ((nn.Module<Tensor, Tensor>)module).call(input);
        (output * arange(output.numel(), ScalarType.Float64).cos().reshape(output.shape)).sum().backward();

        FiniteDifferences.ShouldAgree(output, golden.Tensor("y"), "output", 1e-12);
        FiniteDifferences.ShouldAgree(input.grad, golden.Tensor("x_grad"), "input", 1e-11);
        foreach (var (key, expected) in golden.StateGradients())
        {
            FiniteDifferences.ShouldAgree(module.get_parameter(key)!.grad, expected, key, 1e-11);
        }
    }

    [Fact]
    public void SelfAttention_Fresh_IsTheIdentity()
    {
        using var scope = NewDisposeScope();
        using var module = GanLayer.SelfAttention(8);
        var input = Drawn.Normal(2, 8, 3, 3);

        var output = module.call(input);

        output.eq(input).all().item<bool>().Should().BeTrue();
        ReferenceEquals(output, input).Should().BeFalse();
        module.state_dict().Keys.Should().BeEquivalentTo("gamma", "key.weight", "query.weight", "value.weight", "output.weight");
    }

    [Fact]
    public void ConditionalBatchNorm_Fresh_IsPlainBatchNormForEveryClass()
    {
        using var scope = NewDisposeScope();
        using var module = GanLayer.ConditionalBatchNorm2d(3, 4);
        using var plain = nn.BatchNorm2d(3, affine: false);
        var input = Drawn.Normal(4, 3, 2, 2);

        var output = module.call(input, tensor(new long[] { 0, 1, 2, 3 }));

        FiniteDifferences.ShouldAgree(output, plain.call(input), "output", 1e-6);
        module.state_dict().Keys.Should().Contain(["gamma.weight", "beta.weight", "norm.running_mean", "norm.running_var"]);
    }

    [Fact]
    public void MinibatchStdDev_OfEqualSamples_AppendsNearlyZeroWithAFiniteGradient()
    {
        using var scope = NewDisposeScope();
        using var module = GanLayer.MinibatchStdDev();
        var input = ones(4, 2, 3, 3).requires_grad_(true);

        var output = module.call(input);
        output.sum().backward();

        output.shape.Should().Equal(4, 3, 3, 3);
        output[0, 2, 0, 0].item<float>().Should().BeApproximately(1e-4f, 1e-7f);
        input.grad!.isfinite().all().item<bool>().Should().BeTrue();
    }

    [Theory]
    [InlineData(new long[] { 6, 2 }, 1, "MinibatchStdDev cannot split a batch of 6 into groups of 4: the batch size must be a multiple of "
        + "'groupSize', or smaller. Drop the last, smaller batch, or pass another group size. (Parameter 'input')")]
    [InlineData(new long[] { 4, 3 }, 2, "MinibatchStdDev cannot share 3 channels among 2 features: the number of channels must be a multiple of "
        + "'features'. Pass another number of features. (Parameter 'input')")]
    [InlineData(new long[] { 4, 2, 2 }, 1, "MinibatchStdDev was given an input of shape [4, 2, 2]; it takes [N, C] or [N, C, H, W] with N at "
        + "least 1. (Parameter 'input')")]
    [InlineData(new long[] { 0, 2 }, 1, "MinibatchStdDev was given an input of shape [0, 2]; it takes [N, C] or [N, C, H, W] with N at least 1. "
        + "(Parameter 'input')")]
    public void MinibatchStdDev_OnAnotherShape_SaysWhatItTakes(long[] shape, long features, string message)
    {
        using var input = zeros(shape);
        using var module = GanLayer.MinibatchStdDev(4, features);

        var act = () => module.call(input);

        act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void SelfAttention_OnAnotherShape_SaysWhatItTakes()
    {
        using var input = zeros(2, 4, 3, 3);
        using var module = GanLayer.SelfAttention(8);

        var act = () => module.call(input);

        act.Should().Throw<ArgumentException>().WithMessage(
            "Self-attention was given an input of shape [2, 4, 3, 3]; it takes [N, 8, H, W], as said when it was made. (Parameter 'input')");
    }

    [Fact]
    public void SelfAttention_WithChannelsThatDoNotReduce_SaysWhatIsAllowed()
    {
        var act = () => GanLayer.SelfAttention(12);

        act.Should().Throw<ArgumentException>().WithMessage(
            "Self-attention over 12 channels cannot reduce them by 8: 'channels' must be a multiple of 'reduction'. "
            + "Pass a reduction that divides them. (Parameter 'channels')");
    }

    [Theory]
    [InlineData(new long[] { 0, 3 }, "The projection head was given the label 3; labels must be between 0 and 2. (Parameter 'labels')\nActual value was 3.")]
    [InlineData(new long[] { -1, 0 }, "The projection head was given the label -1; labels must be between 0 and 2. (Parameter 'labels')\nActual value was -1.")]
    [InlineData(new long[] { 0 }, "The projection head was given labels of shape [1] for a batch of 2; they must have shape [2]. (Parameter 'labels')")]
    public void ProjectionHead_OnWrongLabels_SaysWhatIsAllowed(long[] labels, string message)
    {
        using var features = zeros(2, 4);
        using var classes = tensor(labels);
        using var module = GanLayer.ProjectionHead(4, 3);

        var act = () => module.call(features, classes);

        act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void ConditionalBatchNorm_OnFloatingPointLabels_SaysHowToConvert()
    {
        using var input = zeros(2, 4);
        using var labels = zeros(2);
        using var module = GanLayer.ConditionalBatchNorm1d(4, 3);

        var act = () => module.call(input, labels);

        act.Should().Throw<ArgumentException>().WithMessage(
            "ConditionalBatchNorm was given labels of type Float32; they must be Int64. Convert them with 'labels.to(ScalarType.Int64)'. "
            + "(Parameter 'labels')");
    }

    [Fact]
    public void ConditionalBatchNorm_OnOneSampleInTrainingMode_SaysWhyNot()
    {
        using var input = zeros(1, 4);
        using var labels = zeros(1, dtype: ScalarType.Int64);
        using var module = GanLayer.ConditionalBatchNorm1d(4, 3);

        var act = () => module.call(input, labels);

        act.Should().Throw<ArgumentException>().WithMessage(
            "ConditionalBatchNorm was given an input of shape [1, 4] in training mode: one value a feature has no variance. "
            + "Pass a larger batch, or call eval() first. (Parameter 'input')");
    }

    [Theory]
    [InlineData(2, 4, "ConditionalBatchNorm was given an input of shape [2, 4]; it takes [N, 4, H, W], as said when it was made. (Parameter 'input')")]
    public void ConditionalBatchNorm2d_OnFeatures_SaysWhatItTakes(long batch, long features, string message)
    {
        using var input = zeros(batch, features);
        using var labels = zeros(batch, dtype: ScalarType.Int64);
        using var module = GanLayer.ConditionalBatchNorm2d(features, 3);

        var act = () => module.call(input, labels);

        act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void PixelNorm_OnAVector_SaysWhatItTakes()
    {
        using var input = zeros(4);
        using var module = GanLayer.PixelNorm();

        var act = () => module.call(input);

        act.Should().Throw<ArgumentException>().WithMessage(
            "PixelNorm was given an input of shape [4]; it takes [N, C] or [N, C, H, W]. (Parameter 'input')");
    }

    [Fact]
    public void Residual_AddsTheBranch()
    {
        using var scope = NewDisposeScope();
        using var branch = nn.Linear(2, 2, hasBias: false);
        using var block = GanLayer.Residual(branch);
        using (no_grad())
        {
            branch.weight!.copy_(tensor(new float[] { 0, 1, 10, 0 }).reshape(2, 2));
        }

        var output = block.call(tensor(new float[] { 1, 2 }).reshape(1, 2));

        output.data<float>().ToArray().Should().Equal(3, 12);
        block.state_dict().Keys.Should().Equal("branch.weight");
    }

    [Fact]
    public void Residual_OverABranchOfAnotherShape_SaysWhatItMade()
    {
        using var input = zeros(2, 4);
        using var block = GanLayer.Residual(nn.Linear(4, 1));

        var act = () => block.call(input);

        act.Should().Throw<ArgumentException>().WithMessage(
            "The branch of a residual block made [2, 1] of [2, 4]; both are added, so the branch must keep the shape. (Parameter 'input')");
    }

    private static nn.Module Create(string name) => name switch
    {
        "minibatch_4d_group2_features2" => GanLayer.MinibatchStdDev(2, 2),
        "self_attention" => GanLayer.SelfAttention(4, reduction: 2),
        "conditional_batch_norm_2d" => GanLayer.ConditionalBatchNorm2d(3, 3),
        "conditional_batch_norm_1d" => GanLayer.ConditionalBatchNorm1d(3, 2),
        "projection_head" => GanLayer.ProjectionHead(3, 5),
        "pixel_norm" => GanLayer.PixelNorm(),
        "equalized_linear" => GanLayer.EqualizedLinear(5, 4, 0.25),
        _ => GanLayer.MinibatchStdDev(),
    };
}
