using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>One case of <c>spectral_norm_golden.json</c>, whose numbers come from PyTorch.</summary>
internal sealed class SpectralNormGolden : IDisposable
{
    private readonly JsonDocument _file;
    private readonly JsonElement _case;
    private readonly string _name;

    private SpectralNormGolden(JsonDocument file, string name)
    {
        _file = file;
        _name = name;
        _case = file.RootElement.GetProperty("cases").GetProperty(name);
    }

    public static SpectralNormGolden Load(string name) =>
        new(JsonDocument.Parse(File.ReadAllText(Path.Combine("Golden", "spectral_norm_golden.json"))), name);

    public static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    public static void Write(Tensor target, double[] values)
    {
        using var noGrad = no_grad();
        target.copy_(tensor(values).reshape(target.shape));
    }

    public Tensor Tensor(string name, string? shape = null)
    {
        var flat = tensor(Numbers(_case.GetProperty(name)));
        return shape is null ? flat : flat.reshape(Shape(shape));
    }

    public IEnumerable<Tensor> TrainingOutputs() =>
        _case.GetProperty("train_outputs").EnumerateArray().Select(o => tensor(Numbers(o)).reshape(Shape("y_shape")));

    /// <summary>The layer as it was before the first call in PyTorch.</summary>
    public nn.Module<Tensor, Tensor> Module()
    {
        var module = _name switch
        {
            "linear" => SpectralNorm.Apply(Filled(nn.Linear(3, 4)), 2),
            "conv2d" => SpectralNorm.Apply(Filled(nn.Conv2d(2, 3, 3, stride: 2, padding: 1)), 2),
            _ => SpectralNorm.Apply(Filled(nn.ConvTranspose2d(3, 2, 4, stride: 2, padding: 1)), 2),
        };
        Write(module.get_buffer("weight_u")!, Numbers(_case.GetProperty("u0")));
        Write(module.get_buffer("weight_v")!, Numbers(_case.GetProperty("v0")));
        return module;
    }

    public void Dispose() => _file.Dispose();

    private TLayer Filled<TLayer>(TLayer layer)
        where TLayer : nn.Module
    {
        layer.to(ScalarType.Float64);
        Write(layer.get_parameter("weight")!, Numbers(_case.GetProperty("weight")));
        Write(layer.get_parameter("bias")!, Numbers(_case.GetProperty("bias")));
        return layer;
    }

    private long[] Shape(string name) => [.. _case.GetProperty(name).EnumerateArray().Select(e => e.GetInt64())];
}
