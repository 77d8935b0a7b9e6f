using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

internal sealed class SelfAttention : nn.Module<Tensor, Tensor>
{
    private readonly long _channels;

    [ComponentName(Name = "key")]
    private readonly nn.Module<Tensor, Tensor> _key;
    [ComponentName(Name = "query")]
    private readonly nn.Module<Tensor, Tensor> _query;
    [ComponentName(Name = "value")]
    private readonly nn.Module<Tensor, Tensor> _value;
    [ComponentName(Name = "output")]
    private readonly nn.Module<Tensor, Tensor> _output;

    // Not readonly: to() writes it by reflection.
    [ComponentName(Name = "gamma")]
    private Parameter _gamma;

    public SelfAttention(long channels, bool spectralNorm, long reduction) : base(nameof(SelfAttention))
    {
        _channels = channels;
        var inner = channels / reduction;
        _key = Pointwise(channels, inner, spectralNorm);
        _query = Pointwise(channels, inner, spectralNorm);
        _value = Pointwise(channels, inner, spectralNorm);
        _output = Pointwise(inner, channels, spectralNorm);
        _gamma = (Parameter)nn.Parameter(zeros(1)).DetachFromDisposeScope();
        register_module("key", _key);
        register_module("query", _query);
        register_module("value", _value);
        register_module("output", _output);
        register_parameter("gamma", _gamma);
    }

    internal nn.Module<Tensor, Tensor> Key => _key;

    internal nn.Module<Tensor, Tensor> Query => _query;

    internal nn.Module<Tensor, Tensor> Value => _value;

    internal nn.Module<Tensor, Tensor> Output => _output;

    internal Parameter Gamma => _gamma;

    public override Tensor forward(Tensor input)
    {
        var shape = input.shape;
        if (shape.Length != 4 || shape[1] != _channels)
        {
            throw new ArgumentException(
                $"Self-attention was given an input of shape {Text.Shape(input)}; it takes [N, {_channels}, H, W], "
                + "as said when it was made.",
                nameof(input));
        }

        using var scope = NewDisposeScope();
        var keys = _key.call(input).flatten(2);
        var queries = _query.call(input).flatten(2);
        var values = _value.call(input).flatten(2);

        // s_ij = f(x_i)^T g(x_j); beta_j,i = softmax over i; o_j = sum_i beta_j,i h(x_i)
        var scores = bmm(queries.transpose(1, 2), keys);
        var attention = scores.softmax(2);
        var attended = bmm(values, attention.transpose(1, 2)).reshape(shape[0], -1, shape[2], shape[3]);
        return (_gamma * _output.call(attended) + input).MoveToOuterDisposeScope();
    }

    private static nn.Module<Tensor, Tensor> Pointwise(long from, long to, bool spectralNorm)
    {
        var convolution = nn.Conv2d(from, to, 1, bias: false);
        return spectralNorm ? SpectralNorm.Apply(convolution) : convolution;
    }
}
