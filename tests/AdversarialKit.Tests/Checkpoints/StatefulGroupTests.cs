using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class StatefulGroupTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Restore_CapturedStates_GivesEachPartItsOwn()
    {
        var group = StatefulGroup.Capture(Parts(3, 8));
        var (first, second) = (new Counter(), new Counter());

        StatefulGroup.Restore("run", new Dictionary<string, IStateful> { ["penalty"] = first, ["penalty-2"] = second }, group);

        group.Keys.Should().Equal("penalty/count", "penalty-2/count");
        (first.Count, second.Count).Should().Be((3, 8));
    }

    [Fact]
    public void Restore_StatesThatDoNotFit_ListsAllAndChangesNothing()
    {
        var loaded = new Dictionary<string, Tensor> { ["penalty/count"] = tensor(5L), ["penalty-2/count"] = ones(2), ["schedule/at"] = tensor(1L), ["penalty"] = tensor(1L) };
        var (first, second, third) = (new Counter { Count = 1 }, new Counter { Count = 2 }, new Counter { Count = 3 });
        var parts = new Dictionary<string, IStateful> { ["penalty"] = first, ["penalty-2"] = second, ["penalty-3"] = third };

        var restore = () => StatefulGroup.Restore("run", parts, loaded);

        restore.Should().Throw<CheckpointException>().WithMessage(string.Join(
            Environment.NewLine,
            "'run': The checkpoint does not fit what was built, and nothing was loaded from it:",
            "- state: 'schedule/at' is in the checkpoint and belongs to nothing that was built.",
            "- state: 'penalty' is in the checkpoint and belongs to nothing that was built.",
            "- state: 'penalty-2' refused what the checkpoint holds. The count is no whole number.",
            "- state: 'penalty-3' refused what the checkpoint holds. The count is missing."));
        (first.Count, second.Count, third.Count).Should().Be((1, 2, 3));
    }

    [Fact]
    public void Restore_ManyTimes_LeavesNoTensors()
    {
        var parts = Parts(1, 2);
        var group = StatefulGroup.Capture(parts);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var round = 0; round < 5; round++)
        {
            StatefulGroup.Restore("run", parts, group);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(live);
    }

    private static Dictionary<string, IStateful> Parts(long first, long second) =>
        new() { ["penalty"] = new Counter { Count = first }, ["penalty-2"] = new Counter { Count = second } };

    private sealed class Counter : IStateful
    {
        public long Count { get; set; }

        public IReadOnlyDictionary<string, Tensor> GetState() => new Dictionary<string, Tensor> { ["count"] = tensor(Count) };

        public void SetState(IReadOnlyDictionary<string, Tensor> state)
        {
            if (!state.TryGetValue("count", out var count))
            {
                throw new ArgumentException("The count is missing.");
            }

            Count = count.dtype == ScalarType.Int64 && count.dim() == 0
                ? count.item<long>()
                : throw new ArgumentException("The count is no whole number.");
        }
    }
}
