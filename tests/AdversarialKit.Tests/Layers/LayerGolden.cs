using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>One case of <c>layers_golden.json</c> or a file like it, whose numbers come from PyTorch.</summary>
internal sealed class LayerGolden : IDisposable
{
    private readonly JsonDocument _file;
    private readonly JsonElement _case;

    public LayerGolden(string name, string file = "layers_golden.json")
    {
        _file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file)));
        _case = _file.RootElement.GetProperty("cases").GetProperty(name);
    }

    public double Number(string name) => _case.GetProperty(name).GetDouble();

    public bool Has(string name) => _case.TryGetProperty(name, out _);

    public Tensor Tensor(string name) => Read(_case.GetProperty(name));

    public Tensor Labels() => tensor(_case.GetProperty("labels").EnumerateArray().Select(e => e.GetInt64()).ToArray());

    public IEnumerable<(string Name, Tensor Gradient)> StateGradients(string group = "state_grad") =>
        _case.GetProperty(group).EnumerateObject().Select(p => (p.Name, Read(p.Value)));

    public void WriteState(nn.Module module)
    {
        using var noGrad = no_grad();
        foreach (var entry in _case.GetProperty("state").EnumerateObject())
        {
            module.get_parameter(entry.Name)!.copy_(Read(entry.Value));
        }
    }

    public void Dispose() => _file.Dispose();

    private static Tensor Read(JsonElement packed) =>
        tensor(packed.GetProperty("values").EnumerateArray().Select(e => e.GetDouble()).ToArray())
            .reshape([.. packed.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())]);
}
