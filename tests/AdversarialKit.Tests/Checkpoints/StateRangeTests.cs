using System.Globalization;
using System.Text;
using AdversarialKit.Tests.Training;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Numbers that no run can have come to are refused, however well their sums fit; nothing is changed then.</summary>
public sealed class StateRangeTests : IDisposable
{
    private const long Most = 1_000_000_000_000_000_000;

    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"iteration\": 2", "\"iteration\": 9223372036854775807", "The manifest's 'iteration' is 9223372036854775807; a count is from 0 to 1000000000000000000.")]
    [InlineData("\"iteration\": 2", "\"iteration\": 1000000000000000001", "The manifest's 'iteration' is 1000000000000000001; a count is from 0 to 1000000000000000000.")]
    [InlineData("\"sequence\": 1", "\"sequence\": 9223372036854775807", "The manifest's 'sequence' is 9223372036854775807; a count is from 0 to 1000000000000000000.")]
    [InlineData("\"sequence\": 1", "\"sequence\": -1", "The manifest's 'sequence' is -1; a count is from 0 to 1000000000000000000.")]
    [InlineData("\"discriminatorSteps\": \"4\"", "\"discriminatorSteps\": \"9223372036854775807\"", "The value 'discriminatorSteps' is '9223372036854775807', which it cannot be: this is no checkpoint of a GAN or another system.")]
    [InlineData("\"discriminatorSteps\": \"4\"", "\"discriminatorSteps\": \"-1\"", "The value 'discriminatorSteps' is '-1', which it cannot be: this is no checkpoint of a GAN or another system.")]
    [InlineData("\"samplesSeen\": \"24\"", "\"samplesSeen\": \"9223372036854775807\"", "The value 'samplesSeen' is '9223372036854775807', which it cannot be: this is no checkpoint of a GAN or another system.")]
    [InlineData("\"iteration\": 2", "\"iteration\": 2, \"iteration\": 1", "The manifest names 'iteration' twice in one object.")]
    [InlineData("\"samplesSeen\": \"24\"", "\"samplesSeen\": \"24\", \"samplesSeen\": \"12\"", "The manifest names 'samplesSeen' twice in one object.")]
    [InlineData("\"group\": \"random\"", "\"group\": \"random\", \"gr\\u006fup\": \"random\"", "The manifest names 'group' twice in one object.")]
    [InlineData("\"name\": \"training\"", "\"name\": \"training\", \"name\": \"training\"", "The manifest names 'name' twice in one object.")]
    public void LoadCheckpoint_ManifestWithRenewedSum_IsRefused(string before, string after, string fault)
    {
        var directory = Trained();
        var manifest = Path.Combine(directory, "manifest.json");
        var text = File.ReadAllText(manifest);
        text.Should().Contain(before);
        RenewedSums.OfManifest(directory, text.Replace(before, after, StringComparison.Ordinal));

        Refusal().Should().Be($"'{manifest}': {fault}");
    }

    public static TheoryData<string, string, double, string> Numbers => new()
    {
        { "state", "penalty-0/updates", -1, $"'updates' in the state is -1; a count is from 0 to {Most}." },
        { "state", "penalty-0/updates", long.MaxValue, $"'updates' in the state is 9223372036854775807; a count is from 0 to {Most}." },
        { "state", "average/images", long.MaxValue, $"'images' in the state is 9223372036854775807; a count is from 0 to {Most}." },
        { "state", "average/images", -1, $"'images' in the state is -1; a count is from 0 to {Most}." },
        { "state", "augmentation/probability", double.NaN, "No adaptive augmentation has the state AdaptiveState {" },
        { "state", "augmentation/probability", 1.5, "No adaptive augmentation has the state AdaptiveState {" },
        { "state", "augmentation/images", 1e300, "No adaptive augmentation has the state AdaptiveState {" },
        { "state", "augmentation/iterations", -1, "No adaptive augmentation has the state AdaptiveState {" },
        { "state", "augmentation/sign_sum", double.PositiveInfinity, "No adaptive augmentation has the state AdaptiveState {" },
        { "optimizer-generator", "step", -1, $"'step' in the state is -1; a count is from 0 to {Most}." },
        { "optimizer-generator", "step", long.MaxValue, $"'step' in the state is 9223372036854775807; a count is from 0 to {Most}." },
        { "optimizer-discriminator", "exp_avg_sq.0", -1e-3, "'exp_avg_sq.0' in the state goes down to -0.0010000000474974513; it sums up what is never negative." },
        { "optimizer-discriminator", "exp_avg_sq.1", double.NaN, "'exp_avg_sq.1' in the state holds NaN, from which no optimizer goes on." },
        { "optimizer-discriminator", "exp_avg.0", double.NaN, "'exp_avg.0' in the state holds NaN, from which no optimizer goes on." },
        { "optimizer-generator", "learning_rate", double.NaN, "'learning_rate' in the state is NaN; it must be a finite number of at least 0." },
        { "optimizer-generator", "learning_rate", -1, "'learning_rate' in the state is -1; it must be a finite number of at least 0." },
        { "optimizer-generator", "initial_learning_rate", double.PositiveInfinity, "'initial_learning_rate' in the state is Infinity; it must be a finite number of at least 0." },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void LoadCheckpoint_StateWithRenewedSums_IsRefused(string group, string name, double value, string fault)
    {
        using var scope = NewDisposeScope();
        var directory = Trained();
        var path = Path.Combine(directory, group + ".safetensors");
        var tensors = Safetensors.Load(path).ToDictionary(entry => entry.Key, entry => entry.Value);
        var target = tensors[name].reshape(-1).narrow(0, 0, 1);
        _ = target.dtype == ScalarType.Int64 ? target.fill_((long)value) : target.fill_(value);
        if (value == long.MaxValue)
        {
            target.fill_(long.MaxValue);
        }

        Safetensors.Save(path, tensors, Safetensors.ReadHeader(path).Metadata);
        RenewedSums.OfFile(directory, group);

        Refusal().Should().Contain(fault);
    }

    [Fact]
    public void LoadCheckpoint_TorchsAdamWithANegativeSquare_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var rich = new RichGan(Sampling.Shuffled, p => optim.Adam(p, 1e-3, amsgrad: true));
        rich.TrainTo(2, new CheckpointOptions { Directory = _folder.Path });
        var state = NamedOptimizerState.Of(rich.Gan.Parts.GeneratorOptimizer);
        foreach (var name in (string[])["exp_avg_sq.0", "max_exp_avg_sq.0"])
        {
            var changed = state.GetState().ToDictionary(entry => entry.Key, entry => entry.Value);
            changed[name] = changed[name].neg().sub(1);

            state.Invoking(s => s.SetState(changed)).Should().Throw<ArgumentException>().WithMessage($"'{name}' in the state goes down to *; it sums up what is never negative.");
        }
    }

    [Fact]
    public void LoadCheckpoint_InfiniteSquare_IsARunsOwn()
    {
        using var scope = NewDisposeScope();
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(1);
        var state = NamedOptimizerState.Of(rich.Gan.Parts.GeneratorOptimizer);
        var changed = state.GetState().ToDictionary(entry => entry.Key, entry => entry.Value);
        changed["exp_avg_sq.0"].reshape(-1).narrow(0, 0, 1).fill_(float.PositiveInfinity);

        state.Invoking(s => s.SetState(changed)).Should().NotThrow("the square of a gradient of 1e20 is");
    }

    [Fact]
    public void LoadCheckpoint_AtTheGreatestCounts_GoesOnAndLoadsAgain()
    {
        var directory = Trained();
        var text = File.ReadAllText(Path.Combine(directory, "manifest.json"));
        foreach (var (before, after) in new[] { ("\"sequence\": 1", $"\"sequence\": {Most - 1}"), ("\"samplesSeen\": \"24\"", $"\"samplesSeen\": \"{Most - 100}\""), ("\"discriminatorSteps\": \"4\"", $"\"discriminatorSteps\": \"{Most - 100}\"") })
        {
            text = text.Replace(before, after, StringComparison.Ordinal);
        }

        RenewedSums.OfManifest(directory, text);
        using var rich = new RichGan(Sampling.Shuffled);
        rich.Gan.LoadCheckpoint(_folder.Path, batches: rich.Batches);
        rich.TrainTo(4, new CheckpointOptions { Directory = _folder.Path });

        rich.Gan.LoadCheckpoint(_folder.Path, batches: rich.Batches).Iteration.Should().Be(4);
    }

    [Fact]
    public void ReadHeader_MillionsOfEmptyNotes_IsRefusedWithoutTheirMemory()
    {
        var notes = new StringBuilder("{\"__metadata__\":{");
        for (var i = 0; i < 3_000_000; i++)
        {
            notes.Append(CultureInfo.InvariantCulture, $"\"{i:x}\":\"\",");
        }

        notes.Append("\"\":\"\"}}");
        File.WriteAllBytes(_folder["notes"], HandWrittenSafetensors.File(notes.ToString(), []));
        notes.Clear();
        var read = () => Safetensors.ReadHeader(_folder["notes"]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        read.Should().Throw<CheckpointException>().WithMessage($"'{_folder["notes"]}': The file holds more than 10000 notes under '__metadata__'.");

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(new FileInfo(_folder["notes"]).Length + (16 << 20));
    }

    [Fact]
    public void Open_ManifestOfMillionsOfParts_IsRefusedWithoutTheirMemory()
    {
        var directory = Trained();
        RenewedSums.OfManifest(directory, $"{{\"formatVersion\":1,\"shape\":[{string.Concat(Enumerable.Repeat("1,", 5_000_000))}1]}}");
        var before = GC.GetAllocatedBytesForCurrentThread();

        Refusal().Should().EndWith("The manifest has more than 4000000 parts.");

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(64 << 20);
    }

    private string Trained()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(2, new CheckpointOptions { Directory = _folder.Path });
        return _folder["iteration-000000000002"];
    }

    private string Refusal()
    {
        using var rich = new RichGan(Sampling.Shuffled, seed: 9);
        var before = rich.DigestOfNetworks();
        var load = () => rich.Gan.LoadCheckpoint(_folder.Path, batches: rich.Batches);
        var message = load.Should().Throw<CheckpointException>().Which.Message;
        rich.DigestOfNetworks().Should().Be(before);
        rich.Gan.Iteration.Should().Be(0);
        return message;
    }
}
