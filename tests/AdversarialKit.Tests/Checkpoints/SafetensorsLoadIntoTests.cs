using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SafetensorsLoadIntoTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TorchSharp.Modules.Sequential _network = nn.Sequential(("first", nn.Linear(2, 3)), ("norm", nn.BatchNorm1d(3)));

    private string File => _folder["weights.safetensors"];

    public void Dispose()
    {
        _network.Dispose();
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void LoadInto_WhatFits_CopiesAllAndReportsIt()
    {
        var state = Copies();
        state["first.weight"].fill_(3);
        state["norm.running_var"].fill_(5);
        Safetensors.Save(File, state);

        var report = Safetensors.LoadInto(File, _network);

        report.IsComplete.Should().BeTrue();
        report.Loaded.Should().Equal(_network.state_dict().Keys);
        report.ToString().Should().Be("7 of 7 tensors of the module were loaded.");
        ((TorchSharp.Modules.Linear)_network.children().First()).weight!.data<float>().Should().OnlyContain(x => x == 3);
        _network.state_dict()["norm.running_var"].data<float>().Should().OnlyContain(x => x == 5);
    }

    [Fact]
    public void LoadInto_WhatDoesNotFit_ListsAllOfItAndLoadsNothing()
    {
        Safetensors.Save(File, Misfits());
        var before = Snapshot.Of(_network);

        FluentActions.Invoking(() => Safetensors.LoadInto(File, _network)).Should().Throw<CheckpointException>().Which.Message.Should().Be(
            $"""
            '{File}': The file does not fit the module, and nothing was loaded from it:
            - 'first.weight' is F32 [2, 3] in the file and F32 [3, 2] in the module.
            - 'norm.weight' is I64 [3] in the file and F32 [3] in the module.
            - 'first.bias' is missing in the file.
            - 'first.scale' is in the file and not in the module.
            """.ReplaceLineEndings());
        Snapshot.Of(_network).Should().Be(before);
    }

    [Fact]
    public void LoadInto_Partially_LoadsWhatFitsAndReportsTheRest()
    {
        Safetensors.Save(File, Misfits());

        var report = Safetensors.LoadInto(File, _network, partial: true);

        report.IsComplete.Should().BeFalse();
        report.Loaded.Should().Equal("norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked");
        report.Missing.Should().Equal("first.bias");
        report.Surplus.Should().Equal("first.scale");
        report.Mismatched.Should().Equal(
            "'first.weight' is F32 [2, 3] in the file and F32 [3, 2] in the module.", "'norm.weight' is I64 [3] in the file and F32 [3] in the module.");
        report.Converted.Should().Equal("'norm.bias' is F64 [3] in the file and was converted to F32.");
        report.ToString().Should().StartWith("4 of 7 tensors of the module were loaded.");
        _network.state_dict()["norm.bias"].data<float>().Should().OnlyContain(x => x == 0.5f);
    }

    [Fact]
    public void LoadInto_WithRenames_FindsAndLeavesOut()
    {
        var state = Copies().ToDictionary(pair => "module." + pair.Key, pair => pair.Value);
        state["module.first.weight"].fill_(3);
        state.Add("optimizer.step", tensor(1L));
        Safetensors.Save(File, state);

        var report = Safetensors.LoadInto(
            File, _network, name => name.StartsWith("module.", StringComparison.Ordinal) ? name["module.".Length..] : null);

        report.IsComplete.Should().BeTrue();
        _network.state_dict()["first.weight"].data<float>().Should().OnlyContain(x => x == 3);
        FluentActions.Invoking(() => Safetensors.LoadInto(File, _network, _ => "first.bias")).Should().Throw<ArgumentException>().Which.Message.Should().Be(
            "Both 'module.norm.num_batches_tracked' and 'optimizer.step' are renamed to 'first.bias'; each needs a name of its own, or null to leave it out. (Parameter 'rename')");
    }

    [Fact]
    public void LoadInto_OfNoSafetensorsFile_SaysSo()
    {
        System.IO.File.WriteAllText(File, "no safetensors file");

        FluentActions.Invoking(() => Safetensors.LoadInto(File, _network)).Should().Throw<CheckpointException>().Which.Message.Should().StartWith($"'{File}': The header is said to have");
    }

    private Dictionary<string, Tensor> Copies()
    {
        using var noGraph = no_grad();
        return _network.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().clone());
    }

    private Dictionary<string, Tensor> Misfits()
    {
        var state = Copies();
        state["first.weight"] = zeros(2, 3);
        state["norm.weight"] = zeros([3], dtype: ScalarType.Int64);
        state["norm.bias"] = full([3], 0.5, dtype: ScalarType.Float64);
        state.Remove("first.bias");
        state.Add("first.scale", zeros(1));
        return state;
    }
}
