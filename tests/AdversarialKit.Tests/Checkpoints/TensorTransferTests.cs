using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class TensorTransferTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Apply_SameNamesAndShapes_CopiesInPlace()
    {
        using var from = nn.Sequential(("0", nn.Linear(3, 2)), ("1", nn.BatchNorm1d(2)));
        using var to = nn.Sequential(("0", nn.Linear(3, 2)), ("1", nn.BatchNorm1d(2)));
        var live = to.state_dict();
        var handles = live.Values.Select(tensor => tensor.Handle).ToArray();

        TensorTransfer.Apply("run", "generator", from.state_dict(), live);

        foreach (var (name, tensor) in from.state_dict())
        {
            to.state_dict()[name].bytes.ToArray().Should().Equal(tensor.bytes.ToArray());
        }

        to.state_dict().Values.Select(tensor => tensor.Handle).Should().Equal(handles);
        to.parameters().Should().OnlyContain(parameter => parameter.requires_grad);
    }

    [Fact]
    public void Apply_Mismatches_ListsAllAndChangesNothing()
    {
        var loaded = new Dictionary<string, Tensor>
        {
            ["same"] = ones(2),
            ["shape"] = ones(1, 2),
            ["type"] = ones(2, ScalarType.Float64),
            ["extra"] = ones(0, 3, ScalarType.Int64),
        };
        var live = new Dictionary<string, Tensor> { ["same"] = zeros(2), ["shape"] = zeros(2, 2), ["type"] = zeros(2), ["absent"] = zeros(Array.Empty<long>()) };

        var apply = () => TensorTransfer.Apply("run/iteration-000000000001", "generator", loaded, live);

        apply.Should().Throw<CheckpointException>().WithMessage(string.Join(
            Environment.NewLine,
            "'run/iteration-000000000001': The checkpoint does not fit what was built, and nothing was loaded from it:",
            "- generator: 'shape' is F32 [1, 2] in the checkpoint and F32 [2, 2] in use.",
            "- generator: 'type' is F64 [2] in the checkpoint and F32 [2] in use.",
            "- generator: 'absent' is missing in the checkpoint; it should be F32 [].",
            "- generator: 'extra' is I64 [0, 3] in the checkpoint and not in use."));
        live.Values.Should().OnlyContain(tensor => tensor.count_nonzero().item<long>() == 0);
    }
}
