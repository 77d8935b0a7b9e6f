using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SafetensorsHostileTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "The tensor 'a' is F32 [2] and needs 8 bytes, but its offsets are [0, 4].")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "The tensor 'a' begins at 4 and leaves a gap behind the tensor before it, which ends at 0.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "The tensor 'b' begins at 2 and overlaps the tensor before it, which ends at 4.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "The tensors end after 4 bytes, but 4 more bytes follow.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "The tensor 'a' needs 12 bytes from 0 on, but the file holds 8 bytes of tensors: it was cut.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}""", "The tensor 'a' has the impossible shape [4611686018427387904, 4].")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,0]}}""", "The tensor 'a' has the impossible shape [0, 4611686018427387904, 4].")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}}""", "The tensor 'a' needs 4000000000000 bytes from 0 on, but the file holds 8 bytes of tensors: it was cut.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "At most 64 whole numbers from 0 to 9223372036854775807 are allowed for 'shape' of the tensor 'a'.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}""", "At most 64 whole numbers from 0 to 9223372036854775807 are allowed for 'shape' of the tensor 'a'.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "At most 2 whole numbers from 0 to 9223372036854775807 are allowed for 'data_offsets' of the tensor 'a'.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}}""", "At most 2 whole numbers from 0 to 9223372036854775807 are allowed for 'data_offsets' of the tensor 'a'.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8]}}""", "The tensor 'a' needs 'dtype', 'shape' and two 'data_offsets', and lacks some of them.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "The tensor 'a' needs 'dtype', 'shape' and two 'data_offsets', and lacks some of them.")]
    [InlineData("""{"a":{"dtype":"F8_E5M2","shape":[8],"data_offsets":[0,8]}}""", "The tensor 'a' is of type 'F8_E5M2'; the types that can be read are I64, F64, F32, I32, BF16, F16, I16, I8, U8, BOOL.")]
    [InlineData("""{"a":{"dtype":1,"shape":[2],"data_offsets":[0,8]}}""", "A text is needed for 'dtype' of the tensor 'a'.")]
    [InlineData("""{"a":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", "A list of numbers is needed for 'shape' of the tensor 'a'.")]
    [InlineData("""{"a":[]}""", "An object is needed for the tensor 'a'.")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "The field 'dtype' of the tensor 'a' is unknown or occurs twice.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"code":"x"}}""", "The field 'code' of the tensor 'a' is unknown or occurs twice.")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "The tensor 'a' occurs twice.")]
    [InlineData("""{"__metadata__":{"x":"1","x":"2"}}""", "The metadata name 'x' occurs twice.")]
    [InlineData("""{"__metadata__":{"x":1}}""", "A text is needed for the metadata 'x'.")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "The safetensors header holds '__metadata__' twice.")]
    [InlineData("""{"\ud800":{}}""", "The safetensors header holds text that is not valid Unicode.")]
    [InlineData("""[]""", "The safetensors header does not begin with '{', so this is no safetensors file.")]
    [InlineData("""{"b":{"dtype":"BOOL","shape":[8],"data_offsets":[0,8]}}""", "The tensor 'b' is BOOL and holds bytes other than 0 and 1.")]
    public void Load_FaultyHeader_NamesTheFault(string header, string fault)
    {
        File.WriteAllBytes(_folder["bad"], HandWrittenSafetensors.File(header, [1, 2, 3, 4, 5, 6, 7, 8]));

        var load = () => Safetensors.Load(_folder["bad"]);

        load.Should().Throw<CheckpointException>().WithMessage($"'{_folder["bad"]}': {fault}");
    }

    [Theory]
    [InlineData("", "The file is empty, or a pipe or a device; only regular files are read.")]
    [InlineData("02000000000000", "The file has 7 bytes; a safetensors file has at least 8.")]
    [InlineData("0000000000000000", "The safetensors header does not begin with '{', so this is no safetensors file.")]
    [InlineData("03000000000000007b7d", "The header is said to have 3 bytes, but the file has 10 in all: it was cut, or is no safetensors file.")]
    [InlineData("ffffffffffffffff7b7d", "The header is said to have 18446744073709551615 bytes; at most 100000000 are allowed.")]
    [InlineData("ff000000000000807b7d", "The header is said to have 9223372036854776063 bytes; at most 100000000 are allowed.")]
    public void Load_FaultyLength_NamesTheFault(string hex, string fault)
    {
        File.WriteAllBytes(_folder["bad"], Convert.FromHexString(hex));

        var load = () => Safetensors.Load(_folder["bad"]);

        load.Should().Throw<CheckpointException>().WithMessage($"'{_folder["bad"]}': {fault}");
    }

    [Fact]
    public void Load_HeaderOfManyTensors_StopsAtALimit()
    {
        var header = new StringBuilder("{");
        for (var index = 0; index < 100_001; index++)
        {
            header.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? "" : ",")}\"{index}\":{{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}");
        }

        File.WriteAllBytes(_folder["bomb"], HandWrittenSafetensors.File(header.Append('}').ToString(), []));

        var load = () => Safetensors.Load(_folder["bomb"]);

        load.Should().Throw<CheckpointException>().WithMessage("*The file holds more than 100000 tensors.");
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Load_ManyDimensions_StopsAtALimit(int dimensions, bool isAllowed)
    {
        var shape = string.Join(",", Enumerable.Repeat("1", dimensions));
        File.WriteAllBytes(_folder["deep"], HandWrittenSafetensors.File("{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,1],\"shape\":[" + shape + "]}}", [9]));
        using var scope = NewDisposeScope();

        var load = () => Safetensors.Load(_folder["deep"])["a"].item<byte>();

        if (isAllowed)
        {
            load().Should().Be(9);
        }
        else
        {
            load.Should().Throw<CheckpointException>().WithMessage("*: At most 64 whole numbers from 0 to 9223372036854775807 are allowed for 'shape' of the tensor 'a'.");
        }
    }

    [Fact]
    public void Load_LongNameWithControlCharacters_IsShortenedAndEscapedInTheMessage()
    {
        var header = "{\"\\u001b" + new string('x', 5000) + "\":{}}";
        File.WriteAllBytes(_folder["long"], HandWrittenSafetensors.File(header, []));

        var load = () => Safetensors.Load(_folder["long"]);

        load.Should().Throw<CheckpointException>().Which.Fault.Should()
            .Be($"The tensor '\\u001b{new string('x', 119)}...' needs 'dtype', 'shape' and two 'data_offsets', and lacks some of them.");
    }

    [Fact]
    public void Load_ThousandMutations_GivesTensorsOrOurErrorAndTakesNoMemoryBeyond()
    {
        using (NewDisposeScope())
        {
            Safetensors.Save(
                _folder["valid"],
                new Dictionary<string, Tensor> { ["0.weight"] = rand(8, 8), ["0.bias"] = rand(8), ["steps"] = tensor(5L), ["mask"] = ones(3, ScalarType.Bool) },
                new Dictionary<string, string> { ["format"] = "pt" });
        }

        var valid = File.ReadAllBytes(_folder["valid"]);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var (refused, taken) = (0, 0);
        for (var seed = 0; seed < 1000; seed++)
        {
            File.WriteAllBytes(_folder["mutant"], Mutation.Of(valid, seed));
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var loaded = Safetensors.Load(_folder["mutant"]);
                loaded.Values.Sum(tensor => tensor.numel() * tensor.element_size()).Should().BeLessThan(new FileInfo(_folder["mutant"]).Length);
                SafetensorsReader.DisposeAll(loaded.Values);
                taken++;
            }
            catch (CheckpointException fault)
            {
                fault.FilePath.Should().Be(_folder["mutant"]);
                refused++;
            }

            (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20, "mutation {0}", seed);
        }

        // Both happen: bytes of a tensor may be any, and everything else may not.
        refused.Should().BeGreaterThan(500);
        taken.Should().BeGreaterThan(50);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
    }
}
