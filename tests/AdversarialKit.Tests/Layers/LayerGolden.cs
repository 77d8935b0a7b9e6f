using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>One case of <c>layers_golden.json</c>, whose numbers come from PyTorch.</summary>
internal sealed class LayerGolden : IDisposable
{
    private readonly JsonDocument _file = JsonDocument.Parse(File.ReadAllText(Path.Combine("Golden", "layers_golden.json")));
    private readonly JsonElement _case;

    public LayerGolden(string name) => _case = _file.RootElement.GetProperty("cases").GetProperty(name);

    public Tensor Tensor(string name) => Read(_case.GetProperty(name));

    public Tensor Labels() => tensor(_case.GetProperty("labels").EnumerateArray().Select(e => e.GetInt64()).ToArray());

    public IEnumerable<(string Name, Tensor Gradient)> StateGradients() =>
        _case.GetProperty("state_grad").EnumerateObject().Select(p => (p.Name, Read(p.Value)));

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
