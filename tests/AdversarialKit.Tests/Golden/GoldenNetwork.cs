using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Makes the networks of a recorded system from the layers in its file, with the recorded initial weights.</summary>
internal static class GoldenNetwork
{
    public static Sequential Chain(JsonElement file, string name, ScalarType type)
    {
        var layers = file.GetProperty("architecture").GetProperty(name);
        var network = Chain(layers.EnumerateArray());
        Initialize(network, file, name, type);
        return network;
    }

    /// <summary>Converts a module to the run's type and gives it the recorded initial weights.</summary>
    public static void Initialize(nn.Module network, JsonElement file, string name, ScalarType type)
    {
        network.to(type);
        var state = network.state_dict();
        using var noGraph = no_grad();
        foreach (var entry in file.GetProperty("init").GetProperty(name).EnumerateObject())
        {
            state[entry.Name].copy_(entry.Value.Tensor(ScalarType.Float64));
        }
    }

    public static nn.Module<Tensor, Tensor> Layer(JsonElement layer) => layer.GetProperty("type").GetString() switch
    {
        "Linear" => nn.Linear(Number(layer, "in"), Number(layer, "out"), layer.GetProperty("bias").GetBoolean()),
        "Conv2d" => nn.Conv2d(
            Number(layer, "in"), Number(layer, "out"), Number(layer, "kernel"), Number(layer, "stride"), Number(layer, "padding"), bias: layer.GetProperty("bias").GetBoolean()),
        "ConvTranspose2d" => nn.ConvTranspose2d(
            Number(layer, "in"), Number(layer, "out"), Number(layer, "kernel"), Number(layer, "stride"), Number(layer, "padding"), bias: layer.GetProperty("bias").GetBoolean()),
        "BatchNorm1d" => nn.BatchNorm1d(Number(layer, "num_features"), layer.GetProperty("eps").GetDouble(), layer.GetProperty("momentum").GetDouble()),
        "BatchNorm2d" => nn.BatchNorm2d(Number(layer, "num_features"), layer.GetProperty("eps").GetDouble(), layer.GetProperty("momentum").GetDouble()),
        "InstanceNorm2d" => nn.InstanceNorm2d(Number(layer, "num_features"), layer.GetProperty("eps").GetDouble(), affine: layer.GetProperty("affine").GetBoolean()),
        "LeakyReLU" => nn.LeakyReLU(layer.GetProperty("negative_slope").GetDouble()),
        "PReLU" => nn.PReLU(1),
        "ReLU" => nn.ReLU(),
        "Tanh" => nn.Tanh(),
        "Flatten" => nn.Flatten(),
        "PixelShuffle" => nn.PixelShuffle(Number(layer, "factor")),
        "Residual" => new Added(Chain(layer.GetProperty("layers").EnumerateArray())),
        "ConcatResidual" => new Concatenated(Chain(layer.GetProperty("layers").EnumerateArray())),
        var other => throw new NotSupportedException(other),
    };

    private static Sequential Chain(IEnumerable<JsonElement> layers) =>
        nn.Sequential([.. layers.Select(layer => (layer.GetProperty("name").GetString()!.Split('.')[^1], Layer(layer)))]);

    private static long Number(JsonElement layer, string name) => layer.GetProperty(name).GetInt64();

    /// <summary>Names its layers as the recorded state does: <c>6.0.weight</c>, not <c>6.layers.0.weight</c>.</summary>
    private abstract class Branch : nn.Module<Tensor, Tensor>
    {
        private readonly Sequential _branch;

        protected Branch(Sequential branch)
            : base("branch")
        {
            _branch = branch;
            foreach (var (name, child) in branch.named_children())
            {
                register_module(name, child);
            }
        }

        public sealed override Tensor forward(Tensor input) => Join(input, _branch.call(input));

        protected abstract Tensor Join(Tensor input, Tensor output);
    }

    private sealed class Added(Sequential branch) : Branch(branch)
    {
        protected override Tensor Join(Tensor input, Tensor output) => input + output;
    }

    private sealed class Concatenated(Sequential branch) : Branch(branch)
    {
        protected override Tensor Join(Tensor input, Tensor output) => cat([output, input], 1);
    }
}
