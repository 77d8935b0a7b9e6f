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

        // To scale the weights of every sample is to scale its input, and to divide its output: one convolution with weights that all share.
        var weight = _scale == 1 ? _weight : _weight * _scale;
        var output = nn.functional.conv2d(input * style.reshape(batch, channels, 1, 1), weight, padding: [kernel / 2, kernel / 2]);
        return (_demodulates ? output * Demodulation(weight, style).reshape(batch, -1, 1, 1) : output).MoveToOuterDisposeScope();
    }

    // 1 / sqrt(sum over i and k of (s_i w_ijk)^2 + epsilon); no product of matrices, which autocast would make in bfloat16.
    private static Tensor Demodulation(Tensor weight, Tensor style) =>
        ((style.square().unsqueeze(1) * weight.square().sum([2, 3]).unsqueeze(0)).sum(-1) + Epsilon).rsqrt();

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
