using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SafetensorsTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Int16)]
    [InlineData(ScalarType.Int8)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void Load_EveryTypeAndForm_GivesTheSameTensor(ScalarType type)
    {
        var values = (arange(24, dtype: ScalarType.Float32) - 7).reshape(4, 6).to(type);
        var saved = new Dictionary<string, Tensor>
        {
            ["matrix"] = values,
            ["transposed"] = values.t(),
            ["slice"] = values[TensorIndex.Slice(1, 3), TensorIndex.Slice(2, 5)],
            ["expanded"] = values[TensorIndex.Slice(0, 1)].expand(3, 6),
            ["column"] = values.t()[1],
            ["repeated"] = values[0, 0].expand(5),
            ["scalar"] = values[1, 2],
            ["empty"] = zeros(new long[] { 3, 0, 2 }, type),
        };

        Safetensors.Save(_folder["all"], saved);
        var loaded = Safetensors.Load(_folder["all"]);

        loaded.Should().HaveCount(saved.Count);
        foreach (var (name, expected) in saved)
        {
            loaded[name].dtype.Should().Be(type);
            loaded[name].shape.Should().Equal(expected.shape);
            loaded[name].bytes.ToArray().Should().Equal(expected.contiguous().bytes.ToArray(), name);
        }
    }

    [Fact]
    public void Save_Module_IsReadByAnIndependentReader()
    {
        using var module = nn.Sequential(("0", nn.Conv2d(3, 4, 3)), ("1", nn.BatchNorm2d(4)));

        Safetensors.Save(_folder["module"], module.state_dict());

        var read = HandWrittenSafetensors.Read(File.ReadAllBytes(_folder["module"]));
        read.Keys.Should().BeEquivalentTo("0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked");
        read["1.num_batches_tracked"].Type.Should().Be("I64");
        foreach (var (name, tensor) in module.state_dict())
        {
            read[name].Shape.Should().Equal(tensor.shape);
            read[name].Bytes.Should().Equal(tensor.bytes.ToArray());
        }
    }

    [Fact]
    public void Load_FileOfAnotherWriter_TakesItsKeyOrderSpacingAndMetadata()
    {
        const string Header = """
            { "z" : {"shape":[2], "data_offsets":[4,8], "dtype":"I16"}, "__metadata__": {"made by":"hand", "": ""},
              "A" : {"data_offsets":[0,4],"dtype":"F32","shape":[]}, "none": {"dtype":"BF16","shape":[0,5],"data_offsets":[4,4]} }
            """;
        File.WriteAllBytes(_folder["foreign"], HandWrittenSafetensors.File(Header, [0, 0, 0x20, 0x41, 1, 0, 0xff, 0xff]));

        var loaded = Safetensors.Load(_folder["foreign"]);

        loaded["A"].item<float>().Should().Be(10f);
        loaded["A"].shape.Should().BeEmpty();
        loaded["z"].data<short>().ToArray().Should().Equal(1, -1);
        loaded["none"].shape.Should().Equal(0, 5);
        var header = Safetensors.ReadHeader(_folder["foreign"]);
        header.Metadata.Should().Equal(new Dictionary<string, string> { ["made by"] = "hand", [""] = "" });
        header.Tensors.Select(entry => entry.Name).Should().Equal("A", "none", "z");
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("a\nb\0c\"\\/")]
    [InlineData("重み😀")]
    public void Load_OddName_ComesBackUnchanged(string name)
    {
        Safetensors.Save(_folder["odd"], new Dictionary<string, Tensor> { [name] = ones(2) });

        Safetensors.Load(_folder["odd"]).Keys.Should().Equal(name);
    }

    [Fact]
    public void WriteAndRead_InSmallPieces_AgreeWithTheWhole()
    {
        var saved = new Dictionary<string, Tensor> { ["x"] = rand(7, 11), ["y"] = arange(13, dtype: ScalarType.Int64) };
        using var whole = new MemoryStream();
        using var pieces = new MemoryStream();

        new SafetensorsWriter(whole).Write(saved, new Dictionary<string, string>());
        new SafetensorsWriter(pieces) { LargestPiece = 20 }.Write(saved, new Dictionary<string, string>());
        pieces.Position = 0;
        var reader = new SafetensorsReader("memory", pieces) { LargestPiece = 20 };
        var loaded = reader.ReadTensors(reader.ReadHeader());

        pieces.ToArray().Should().Equal(whole.ToArray());
        loaded["x"].equal(saved["x"]).all().item<bool>().Should().BeTrue();
        loaded["y"].equal(saved["y"]).all().item<bool>().Should().BeTrue();
    }

    [Fact]
    public void Load_MissingFile_NamesIt()
    {
        var load = () => Safetensors.Load(_folder["nowhere"]);

        load.Should().Throw<CheckpointException>().WithMessage($"'{_folder["nowhere"]}': The file could not be read. *")
            .Which.FilePath.Should().Be(_folder["nowhere"]);
    }

    [Fact]
    public void SaveAndLoad_ManyTimes_LeavesNoTensors()
    {
        var saved = new Dictionary<string, Tensor> { ["a"] = rand(4, 4).t(), ["b"] = rand(3) };
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var round = 0; round < 20; round++)
        {
            Safetensors.Save(_folder["x"], saved);
            foreach (var tensor in Safetensors.Load(_folder["x"]).Values)
            {
                tensor.Dispose();
            }
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }
}
