using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>A system's checkpoint that was damaged, or altered with sums that fit: one error of ours, and nothing of the system moves.</summary>
public sealed class SystemCheckpointFaultsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly CheckpointFolder _folder = new();
    private readonly CyclePair _pair = new(seed: 9, systemSeed: 4);

    public SystemCheckpointFaultsTests() => _pair.System.TrainStep(CyclePair.Batch(7));

    public static TheoryData<string, Action<Dictionary<string, Dictionary<string, Tensor>>>, string> Forgeries => new()
    {
        { "shape", groups => groups["to-b"]["0.weight"] = ones(12, 7), "- to-b: '0.weight' is F32 [12, 7] in the checkpoint and F32 [12, 6] in use." },
        { "type", groups => groups["on-a"]["3.bias"] = ones(1, ScalarType.Float64), "- on-a: '3.bias' is F64 [1] in the checkpoint and F32 [1] in use." },
        { "name", groups => Rename(groups["to-a"], "4.bias", "4.bias_"), "- to-a: '4.bias' is missing in the checkpoint; it should be F32 [6].\n- to-a: '4.bias_' is F32 [6] in the checkpoint and not in use." },
        { "swapped files", groups => (groups["to-a"], groups["on-a"]) = (groups["on-a"], groups["to-a"]), "- to-a: '1.running_mean' is missing in the checkpoint; it should be F32 [12]." },
        { "swapped optimizers", groups => (groups["optimizer-on-a"], groups["optimizer-generators"]) = (groups["optimizer-generators"], groups["optimizer-on-a"]), "- state: 'optimizer-on-a' refused what the checkpoint holds. " },
        { "average", groups => groups["average-to-b"]["1.weight"] = ones(3), "- state: 'average-to-b' refused what the checkpoint holds. 'average.1.weight' in the state has shape [3] and type Float32, but shape [12] and type Float32 are needed." },
        { "history's count", groups => groups["state"]["past-a/count"] = tensor(9L), "- state: 'past-a' refused what the checkpoint holds. The state holds 9 samples, but this history holds 8 at most." },
        { "history's slot", groups => groups["state"].Remove("past-b/slot-3"), "- state: 'past-b' refused what the checkpoint holds. The state lacks 'slot-3'; it was saved by something else." },
        { "history's shape", groups => groups["state"]["past-b/slot-0"] = ones(5), "- state: 'past-b' refused what the checkpoint holds. 'slot-0' in the state has shape [5] and type Float32, but shape [6] and type Float32 are needed." },
        { "unknown part", groups => groups["state"]["other/x"] = ones(1), "- state: 'other/x' is in the checkpoint and belongs to nothing that was built." },
        { "network away", groups => groups.Remove("on-b"), "- network: 'on-b' is missing in the checkpoint." },
        { "random state", groups => groups["random"]["sampling"] = ones(4, ScalarType.Byte), "The random generator 'sampling' cannot be restored. " },
    };

    public void Dispose()
    {
        _pair.Dispose();
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void LoadCheckpoint_ThreeHundredMutations_AreAllRefusedAndMoveNothing()
    {
        var directory = Trained();
        var files = Directory.GetFiles(directory).Order(StringComparer.Ordinal).ToArray();
        var before = Everything();
        for (var seed = 0; seed < 300; seed++)
        {
            var file = files[seed % files.Length];
            var valid = File.ReadAllBytes(file);
            var mutant = Mutation.Of(valid, seed, isText: !file.EndsWith(".sha256", StringComparison.Ordinal));
            if (!mutant.AsSpan().SequenceEqual(valid))
            {
                File.WriteAllBytes(file, mutant);
                Load(directory).Should().Throw<CheckpointException>("mutation {0} must be seen", seed).Which.FilePath.Should().StartWith(directory);
                File.WriteAllBytes(file, valid);
            }
        }

        Everything().Should().Be(before);
        Load(directory).Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void LoadCheckpoint_AlteredWithSumsThatFit_IsRefusedAndMovesNothing(string what, Action<Dictionary<string, Dictionary<string, Tensor>>> alter, string fault)
    {
        var directory = Rewritten(Trained(), alter, values: null);
        var before = Everything();

        var message = Load(directory).Should().Throw<CheckpointException>(what).Which.Message;

        message.ReplaceLineEndings("\n").Should().Contain(fault);
        Everything().Should().Be(before);
    }

    [Theory]
    [InlineData("-1", "The value 'steps: on-a' is '-1', which it cannot be: this is no checkpoint of a GAN or another system.")]
    [InlineData(null, "- counter: 'steps: on-a' is missing in the checkpoint.")]
    public void LoadCheckpoint_CounterThatCannotBe_IsRefusedAndMovesNothing(string? count, string fault)
    {
        var directory = Rewritten(Trained(), _ => { }, values =>
        {
            values.Remove("steps: on-a");
            if (count is not null)
            {
                values["steps: on-a"] = count;
            }
        });
        var before = Everything();

        Load(directory).Should().Throw<CheckpointException>().Which.Message.Should().EndWith(fault);

        Everything().Should().Be(before);
    }

    [Fact]
    public void LoadCheckpoint_ManifestOfAnotherSystem_IsRefusedAndMovesNothing()
    {
        var directory = Trained();
        using var network = nn.Linear(2, 2);
        using var other = new AdversarialSystemBuilder().WithNetwork("one", network).WithTensor("x", 2)
            .WithStep("fit", step => step.Trains(network).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => c.Add("size", c.Forward(network, c["x"]).square().mean())))
            .Build();
        var foreign = other.SaveCheckpoint(_folder["foreign"]);
        var before = Everything();

        Load(foreign).Should().Throw<CheckpointException>().WithMessage(
            $"'{foreign}': The checkpoint does not fit what was built, and nothing was loaded from it:*- configuration: 'network' is *- configuration: 'step' is *" +
            "- network: 'to-b' is missing in the checkpoint.*- counter: 'steps: on-b' is missing in the checkpoint.");
        foreach (var file in new[] { "manifest.json", "manifest.json.sha256" })
        {
            File.Copy(Path.Combine(foreign, file), Path.Combine(directory, file), overwrite: true);
        }

        Load(directory).Should().Throw<CheckpointException>().WithMessage($"'{Path.Combine(directory, "one.safetensors")}': The file is missing, although the manifest names it.");
        Everything().Should().Be(before);
    }

    private static void Rename(Dictionary<string, Tensor> group, string from, string to)
    {
        group.Remove(from, out var tensor);
        group[to] = tensor!;
    }

    private string Trained()
    {
        using var pair = new CyclePair();
        SystemProcess.Train(pair, new CycleBatches(), 3, new NumbersLog());
        return pair.System.SaveCheckpoint(_folder["trained"]);
    }

    private string Rewritten(string directory, Action<Dictionary<string, Dictionary<string, Tensor>>> alter, Action<Dictionary<string, string>>? values)
    {
        var checkpoint = Checkpoint.Open(directory);
        var manifest = checkpoint.Manifest;
        var groups = manifest.Files.ToDictionary(file => file.Group, file => checkpoint.Load(file.Group));
        var numbers = new Dictionary<string, string>(manifest.Values);
        alter(groups);
        values?.Invoke(numbers);
        return new CheckpointRoot(_folder["forged"], new CheckpointRetention()).Write(new CheckpointContent
        {
            Iteration = manifest.Iteration,
            Description = manifest.Description,
            Groups = groups.ToDictionary(group => group.Key, group => (IReadOnlyDictionary<string, Tensor>)group.Value),
            Values = numbers,
        });
    }

    private Func<CheckpointInfo> Load(string directory) => () => _pair.System.LoadCheckpoint(directory);

    // Networks, moments, past fakes, averages, counters, random generators.
    private string Everything()
    {
        var manifest = Checkpoint.Open(_pair.System.SaveCheckpoint(_folder["everything"])).Manifest;
        return string.Join("\n", manifest.Files.Select(file => $"{file.Group} {file.Sha256}").Concat(manifest.Values.Select(value => $"{value.Key} {value.Value}")));
    }
}
