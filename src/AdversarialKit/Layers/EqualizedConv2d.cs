using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

/// <summary>A convolution that scales its weights when it is called, so that they start and move alike whatever its size.</summary>
internal sealed class EqualizedConv2d : nn.Module<Tensor, Tensor>, IEqualized
{
    private readonly double _scale;
    private readonly long _stride;
    private readonly long _padding;

    [ComponentName(Name = "weight")]
    private Parameter _weight;
    [ComponentName(Name = "bias")]
    private Parameter _bias;

    public EqualizedConv2d((long In, long Out) channels, long kernelSize, long stride, long padding) : base(nameof(EqualizedConv2d))
    {
        // He's constant for a ReLU, as in EqualizedLinear.
        _scale = Math.Sqrt(2.0 / (channels.In * kernelSize * kernelSize));
        _stride = stride;
        _padding = padding;
        _weight = (Parameter)nn.Parameter(randn(channels.Out, channels.In, kernelSize, kernelSize)).DetachFromDisposeScope();
        _bias = (Parameter)nn.Parameter(zeros(channels.Out)).DetachFromDisposeScope();
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public double StartDeviation => 1;

    internal Tensor Bias => _bias;

    internal long Stride => _stride;

    internal long Padding => _padding;

    public override Tensor forward(Tensor input)
    {
        var (channels, kernel) = (_weight.shape[1], _weight.shape[2]);
        if (input.dim() != 4 || input.shape[1] != channels || Math.Min(input.shape[2], input.shape[3]) + 2 * _padding < kernel)
        {
            throw new ArgumentException(
                $"EqualizedConv2d was given an input of shape {Text.Shape(input)}; it takes [N, {channels}, H, W], as said when it was made, with sides of at least {Math.Max(1, kernel - 2 * _padding)}.",
                nameof(input));
        }

        using var scope = NewDisposeScope();
        return nn.functional.conv2d(input, ScaledWeight(), _bias, [_stride, _stride], [_padding, _padding]).MoveToOuterDisposeScope();
    }

    internal Tensor ScaledWeight() => _weight * _scale;

    public override string ToString() => $"EqualizedConv2d(weight {Text.Shape(_weight)}, stride {_stride}, padding {_padding})";
}
