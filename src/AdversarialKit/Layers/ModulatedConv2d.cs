using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

/// <summary>A convolution whose weights every sample scales by its style.</summary>
internal sealed class ModulatedConv2d : nn.Module<Tensor, Tensor, Tensor>, IEqualized
{
    // Under the root, as in the published code.
    internal const double Epsilon = 1e-8;

    private readonly bool _demodulates;
    private readonly double _scale;

    [ComponentName(Name = "weight")]
    private Parameter _weight;

    public ModulatedConv2d((long In, long Out) channels, long kernelSize, bool demodulates, bool equalized) : base(nameof(ModulatedConv2d))
    {
        _demodulates = demodulates;
        var keepsVariance = 1 / Math.Sqrt(channels.In * kernelSize * kernelSize);
        (_scale, StartDeviation) = equalized ? (keepsVariance, 1.0) : (1.0, keepsVariance);
        using var deviation = StartDeviation.ToScalar();
        _weight = (Parameter)nn.Parameter(randn(channels.Out, channels.In, kernelSize, kernelSize).mul_(deviation)).DetachFromDisposeScope();
        register_parameter("weight", _weight);
    }

    public double StartDeviation { get; }

    internal bool Demodulates => _demodulates;

    internal Tensor ScaledWeight() => _weight * _scale;

    public override Tensor forward(Tensor input, Tensor style)
    {
        Check(input, style);
        var (batch, channels, kernel) = (input.shape[0], input.shape[1], _weight.shape[2]);
        using var scope = NewDisposeScope();

        // w'_ijk = s_i w_ijk, for every sample
        var weight = _weight.unsqueeze(0) * (_scale == 1 ? style : style * _scale).reshape(batch, 1, channels, 1, 1);
        if (_demodulates)
        {
            // w''_ijk = w'_ijk / sqrt(sum over i and k of w'_ijk^2 + epsilon)
            weight = weight * (weight.square().sum([2, 3, 4], keepdim: true) + Epsilon).rsqrt();
        }

        // One convolution in which every sample is a group with weights of its own.
        var output = nn.functional.conv2d(
            input.reshape(1, batch * channels, input.shape[2], input.shape[3]), weight.flatten(0, 1), null, [1, 1], [kernel / 2, kernel / 2], [1, 1], batch);
        return output.reshape(batch, -1, input.shape[2], input.shape[3]).MoveToOuterDisposeScope();
    }

    public override string ToString() => $"ModulatedConv2d(weight {Text.Shape(_weight)}{(_demodulates ? ", demodulated" : "")})";

    private void Check(Tensor input, Tensor style)
    {
        var channels = _weight.shape[1];
        if (input.dim() != 4 || input.shape[0] < 1 || input.shape[1] != channels)
        {
            throw new ArgumentException(
                $"ModulatedConv2d was given an input of shape {Text.Shape(input)}; it takes [N, {channels}, H, W] with N at least 1, as said when it was made.",
                nameof(input));
        }

        if (style.dim() != 2 || style.shape[0] != input.shape[0] || style.shape[1] != channels)
        {
            throw new ArgumentException(
                $"ModulatedConv2d was given a style of shape {Text.Shape(style)} for an input of shape {Text.Shape(input)}; it takes one scale for each sample and channel, [{input.shape[0]}, {channels}].",
                nameof(style));
        }
    }
}
