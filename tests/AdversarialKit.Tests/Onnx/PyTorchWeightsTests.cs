using TorchSharp.Modules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Onnx;

/// <summary>
/// Weights from PyTorch and to PyTorch, in safetensors files. The scripts read and write that format by hand, because Debian has no
/// package of it.
/// </summary>
public sealed class PyTorchWeightsTests(ITestOutputHelper output) : IDisposable
{
    private const string Common = """
        import json, struct, sys, torch
        from torch import nn

        def save(tensors, path):
            types = {torch.float32: "F32", torch.int64: "I64"}
            header, data = {}, b""
            for name, tensor in tensors.items():
                part = bytes(tensor.detach().contiguous().reshape(-1).view(torch.uint8).tolist())
                header[name] = {"dtype": types[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(part)]}
                data += part
            text = json.dumps(header).encode()
            open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)

        def load(path):
            raw = open(path, "rb").read()
            end = 8 + struct.unpack("<Q", raw[:8])[0]
            header = json.loads(raw[8:end])
            header.pop("__metadata__", None)
            types = {"F32": torch.float32, "I64": torch.int64}
            return {name: torch.frombuffer(bytearray(raw[end + entry["data_offsets"][0]:end + entry["data_offsets"][1]]), dtype=types[entry["dtype"]])
                    .reshape(entry["shape"]) for name, entry in header.items()}

        def network():
            return nn.Sequential(
                nn.Linear(5, 4 * 9), nn.Unflatten(1, (4, 3, 3)), nn.BatchNorm2d(4), nn.LeakyReLU(0.2),
                nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1), nn.GroupNorm(3, 3), nn.ReLU(),
                nn.utils.spectral_norm(nn.Conv2d(3, 2, 3, padding=1)), nn.Tanh())

        """;

    private const string FromTorch = Common + """
        torch.manual_seed(1)
        net = network()
        for _ in range(3):
            net(torch.randn(8, 5))
        net.eval()
        z = torch.randn(6, 5)
        save(net.state_dict(), sys.argv[1])
        save({"z": z, "y": net(z)}, sys.argv[2])
        """;

    private const string ToTorch = Common + """
        net = network()
        print(net.load_state_dict(load(sys.argv[1]), strict=True))
        net.eval()
        save({"y": net(load(sys.argv[2])["z"])}, sys.argv[3])
        """;

    private readonly OnnxFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadInto_WeightsThatPyTorchTrained_GivesPyTorchsNumbers()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        if (!PyTorchIsThere())
        {
            // The same names and shapes, written by this library.
            using var other = Network();
            Safetensors.Save(_folder["net"], other.state_dict());
            Safetensors.LoadInto(_folder["net"], network).IsComplete.Should().BeTrue();
            return;
        }

        Python.Run(FromTorch, _folder["net"], _folder["data"]);
        var report = Safetensors.LoadInto(_folder["net"], network);
        var data = Safetensors.Load(_folder["data"]);
        network.eval();

        report.IsComplete.Should().BeTrue();
        report.Loaded.Should().BeEquivalentTo(network.state_dict().Keys);
        (network.call(data["z"]) - data["y"]).abs().max().item<float>().Should().BeLessThan(1e-5f);
    }

    [Fact]
    public void Save_OfAStateDict_IsTakenByPyTorchStrictly()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        LayerCase.Drawn(network);
        var z = randn(6, 5);
        Safetensors.Save(_folder["net"], network.state_dict());
        Safetensors.Save(_folder["z"], new Dictionary<string, Tensor> { ["z"] = z });
        Safetensors.ReadHeader(_folder["net"]).Tensors.Select(entry => entry.Name).Should().Contain(["7.weight_orig", "7.weight_u", "2.running_mean", "2.num_batches_tracked"]);
        if (!PyTorchIsThere())
        {
            return;
        }

        Python.Run(ToTorch, _folder["net"], _folder["z"], _folder["y"]).Should().Be("<All keys matched successfully>");

        network.eval();
        (network.call(z) - Safetensors.Load(_folder["y"])["y"]).abs().max().item<float>().Should().BeLessThan(1e-5f);
    }

    private bool PyTorchIsThere()
    {
        var there = Python.Has("torch");
        output.WriteLine(there ? "Held against Debian's python3-torch." : "Debian's python3-torch is not installed: only this library's side was tried.");
        return there;
    }

    private static Sequential Network() => nn.Sequential(
        nn.Linear(5, 4 * 9), nn.Unflatten(1, [4, 3, 3]), nn.BatchNorm2d(4), nn.LeakyReLU(0.2),
        nn.ConvTranspose2d(4, 3, 4, stride: 2, padding: 1), nn.GroupNorm(3, 3), nn.ReLU(),
        SpectralNorm.Conv2d(3, 2, 3, padding: 1), nn.Tanh());
}
