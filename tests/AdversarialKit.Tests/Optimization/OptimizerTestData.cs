using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Small networks and recorded numbers for the tests of optimizers.</summary>
internal static class OptimizerTestData
{
    public static JsonElement Vector(string id)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine("Golden", "loss_vectors.json")));
        return document.RootElement.GetProperty("vectors").EnumerateArray().Single(v => v.GetProperty("id").GetString() == id).Clone();
    }

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetDouble())];

    /// <summary>Parameters of odd sizes, with a 0-dimensional one.</summary>
    public static Parameter[] Parameters(ScalarType type = ScalarType.Float32, ulong seed = 7)
    {
        using var random = new Generator(seed);
        return [.. new long[][] { [13, 7], [7], [3, 2, 3, 3], [], [1] }.Select(shape => new Parameter(randn(shape, type, generator: random)))];
    }

    /// <summary>The gradients of step <paramref name="step"/>: the same for whoever asks.</summary>
    public static void SetGradients(IReadOnlyList<Parameter> parameters, int step)
    {
        using var random = new Generator((ulong)step + 1000);
        foreach (var parameter in parameters)
        {
            using var gradient = randn(parameter.shape, parameter.dtype, generator: random);
            parameter.grad = gradient;
        }
    }

    public static void Train(optim.Optimizer optimizer, IReadOnlyList<Parameter> parameters, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            SetGradients(parameters, step);
            optimizer.step();
        }
    }

    public static byte[] Bytes(IEnumerable<Tensor> tensors) => [.. tensors.SelectMany(t => t.detach().cpu().bytes.ToArray())];

    public static double Difference(IEnumerable<Tensor> left, IEnumerable<Tensor> right) =>
        left.Zip(right).Max(pair => (pair.First - pair.Second).abs().max().ToDouble());
}
