using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SafetensorsSaveTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Save_TwoTensors_WritesExactlyTheBytesOfTheFormat()
    {
        Safetensors.Save(
            _folder["two"],
            new Dictionary<string, Tensor> { ["b"] = tensor(new byte[] { 7 }), ["a\"ü"] = tensor(new float[,] { { 1, -2 } }) },
            new Dictionary<string, string> { ["format"] = "pt" });

        const string Header = """{"__metadata__":{"format":"pt"},"a\"ü":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[1],"data_offsets":[8,9]}}""";
        var padded = Header + new string(' ', 7 - ((Encoding.UTF8.GetByteCount(Header) + 7) % 8));
        byte[] data = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 7];
        (Encoding.UTF8.GetByteCount(padded) % 8).Should().Be(0);
        File.ReadAllBytes(_folder["two"]).Should().Equal(HandWrittenSafetensors.File(padded, data));
    }

    [Fact]
    public void Save_SameTensorsInAnotherOrder_WritesTheSameFile()
    {
        var (a, b, c) = (ones(2), ones(3, ScalarType.Int64), ones(1, ScalarType.Bool));

        Safetensors.Save(_folder["one"], new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b, ["c"] = c });
        Safetensors.Save(_folder["other"], new Dictionary<string, Tensor> { ["c"] = c, ["b"] = b, ["a"] = a });

        File.ReadAllBytes(_folder["other"]).Should().Equal(File.ReadAllBytes(_folder["one"]));
        Safetensors.ReadHeader(_folder["one"]).Tensors.Select(entry => entry.Name).Should().Equal("b", "a", "c");
    }

    [Fact]
    public void Save_ParameterThatRequiresGrad_LeavesItAsItWas()
    {
        using var linear = nn.Linear(3, 2);

        Safetensors.Save(_folder["linear"], linear.state_dict());

        linear.weight.requires_grad.Should().BeTrue();
        Safetensors.Load(_folder["linear"])["weight"].requires_grad.Should().BeFalse();
    }

    [Fact]
    public void Save_FileThatExists_IsReplacedAndNothingIsLeftBeside()
    {
        Safetensors.Save(_folder["x"], new Dictionary<string, Tensor> { ["a"] = ones(2) });
        Safetensors.Save(_folder["x"], new Dictionary<string, Tensor> { ["b"] = ones(3) });

        _folder.Names.Should().Equal("x");
        Safetensors.Load(_folder["x"]).Keys.Should().Equal("b");
    }

    [Fact]
    public void Save_TensorThatCannotBeSaved_SaysWhichAndLeavesTheFile()
    {
        Safetensors.Save(_folder["x"], new Dictionary<string, Tensor> { ["a"] = ones(2) });
        var before = File.ReadAllBytes(_folder["x"]);

        var save = () => Safetensors.Save(_folder["x"], new Dictionary<string, Tensor> { ["c"] = zeros(2, ScalarType.ComplexFloat32) });

        save.Should().Throw<ArgumentException>().WithMessage("The tensor 'c' is ComplexFloat32; only dense tensors of the types I64, F64, F32, I32, BF16, F16, I16, I8, U8, BOOL can be saved. (Parameter 'tensors')");
        File.ReadAllBytes(_folder["x"]).Should().Equal(before);
        _folder.Names.Should().Equal("x");
    }

    [Fact]
    public void Save_NameThatTheFormatCannotHold_IsRefused()
    {
        // Built here: an attribute would turn half a character into a whole one.
        var half = "a" + (char)0xd800;
        var reserved = () => Safetensors.Save(_folder["x"], new Dictionary<string, Tensor> { ["__metadata__"] = ones(1) });
        var broken = () => Safetensors.Save(_folder["x"], new Dictionary<string, Tensor> { [half] = ones(1) });

        reserved.Should().Throw<ArgumentException>().WithMessage("A tensor cannot be saved under the name '__metadata__': the format keeps it for the file's notes. (Parameter 'name')");
        broken.Should().Throw<ArgumentException>().WithMessage("The tensor name 'a\\ud800' is no valid Unicode text and cannot be saved. (Parameter 'name')");
    }
}
