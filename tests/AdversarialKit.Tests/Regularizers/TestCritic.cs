using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>A discriminator of bare tensors, whose parameters a test can nudge one by one, and contexts around it.</summary>
internal sealed class TestCritic(Func<Tensor, Tensor> forward, params Tensor[] parameters)
{
    public Func<Tensor, Tensor> Forward { get; } = forward;

    public Tensor[] Parameters { get; } = parameters;

    /// <summary><c>tanh(x W1^T + b1) . w2</c>, as the vectors describe it.</summary>
    public static TestCritic FromVector(JsonElement inputs)
    {
        var w1 = inputs.GetProperty("W1").Tensor().requires_grad_(true);
        var b1 = inputs.GetProperty("b1").Tensor().requires_grad_(true);
        var w2 = inputs.GetProperty("w2").Tensor().requires_grad_(true);
        return new TestCritic(x => nn.functional.linear(x, w1, b1).tanh().mv(w2), w1, b1, w2);
    }

    /// <summary>A net of the golden file: linear layers with an activation in between.</summary>
    public static TestCritic FromGolden(JsonElement layers)
    {
        var parameters = new List<Tensor>();
        Func<Tensor, Tensor> forward = x => x;
        foreach (var layer in layers.EnumerateArray())
        {
            var previous = forward;
            switch (layer.GetProperty("type").GetString())
            {
                case "Linear":
                    var weight = layer.GetProperty("weight").ShapedTensor().requires_grad_(true);
                    var bias = layer.GetProperty("bias").ShapedTensor().requires_grad_(true);
                    parameters.AddRange([weight, bias]);
                    forward = x => nn.functional.linear(previous(x), weight, bias);
                    break;
                case "Tanh":
                    forward = x => previous(x).tanh();
                    break;
                default:
                    var slope = layer.GetProperty("negative_slope").GetDouble();
                    forward = x => nn.functional.leaky_relu(previous(x), slope);
                    break;
            }
        }

        return new TestCritic(forward, [.. parameters]);
    }

    /// <summary>A small smooth critic with a real and a fake batch, the same at every call.</summary>
    public static (TestCritic Critic, Tensor Real, Tensor Fake) Toy()
    {
        var random = new Generator(3);
        Tensor Draw(params long[] shape) => randn(shape, dtype: ScalarType.Float64, generator: random);
        var (w1, b1, w2) = (Draw(5, 3).requires_grad_(true), Draw(5).requires_grad_(true), Draw(5).requires_grad_(true));
        return (new TestCritic(x => nn.functional.linear(x, w1, b1).tanh().mv(w2), w1, b1, w2), Draw(4, 3), Draw(4, 3));
    }

    /// <summary>Does what a discriminator step does before penalties: marks the batches and runs the forward pass.</summary>
    public PenaltyContext Context(
        Tensor real, Tensor fake, Generator? random = null, InputGradients prepare = InputGradients.Real | InputGradients.Fake)
    {
        var realInput = real.detach().requires_grad_(prepare.HasFlag(InputGradients.Real));
        var fakeInput = fake.detach().requires_grad_(prepare.HasFlag(InputGradients.Fake));
        return new PenaltyContext(Forward, random ?? new Generator(1))
        {
            Real = realInput,
            Fake = fakeInput,
            RealLogits = Forward(realInput),
            FakeLogits = Forward(fakeInput),
        };
    }
}
