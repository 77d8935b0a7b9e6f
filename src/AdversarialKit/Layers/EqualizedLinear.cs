using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

/// <summary>A linear layer that scales its weights when it is called, so that they start and move alike whatever its size.</summary>
internal sealed class EqualizedLinear : nn.Module<Tensor, Tensor>, IEqualized
{
    // He's constant for a ReLU, the default of the published code.
    private static readonly double Gain = Math.Sqrt(2);

    private readonly double _scale;
    private readonly double _rate;

    [ComponentName(Name = "weight")]
    private Parameter _weight;
    [ComponentName(Name = "bias")]
    private Parameter _bias;

    public EqualizedLinear(long inputs, long outputs, double learningRateMultiplier) : base(nameof(EqualizedLinear))
    {
        _rate = learningRateMultiplier;
        _scale = Gain / Math.Sqrt(inputs) * learningRateMultiplier;
        using var deviation = StartDeviation.ToScalar();
        _weight = (Parameter)nn.Parameter(randn(outputs, inputs).mul_(deviation)).DetachFromDisposeScope();
        _bias = (Parameter)nn.Parameter(zeros(outputs)).DetachFromDisposeScope();
        register_parameter("weight", _weight);
        register_parameter("bias", _bias);
    }

    public double StartDeviation => 1 / _rate;

    public override Tensor forward(Tensor input)
    {
        var inputs = _weight.shape[1];
        if (input.dim() < 1 || input.shape[^1] != inputs)
        {
            throw new ArgumentException(
                $"EqualizedLinear was given an input of shape {Text.Shape(input)}; it takes [..., {inputs}], as said when it was made.",
                nameof(input));
        }

        using var scope = NewDisposeScope();
        return nn.functional.linear(input, ScaledWeight(), ScaledBias()).MoveToOuterDisposeScope();
    }

    internal Tensor ScaledWeight() => _weight * _scale;

    internal Tensor ScaledBias() => _rate == 1 ? _bias : _bias * _rate;

    public override string ToString() => $"EqualizedLinear({_weight.shape[1]} -> {_weight.shape[0]}, learning rate x {Text.Number(_rate)})";
}
