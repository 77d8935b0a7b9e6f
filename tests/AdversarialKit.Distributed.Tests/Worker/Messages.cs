using System.Text;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Every message of a collective among its ranks, with what must come of it.</summary>
internal static class Messages
{
    public static void Check(ICollective collective)
    {
        using var scope = NewDisposeScope();
        var (rank, size) = (collective.Rank, collective.Size);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Int64 })
        {
            // From an offset, as the parts of a larger tensor lie.
            var numbers = (arange(1001) + rank).to(type).narrow(0, 1, 1000);
            var expected = Enumerable.Range(0, size).Select(other => (arange(1001) + other).to(type).to(ScalarType.Float32)).Aggregate((sum, next) => sum + next).to(type).narrow(0, 1, 1000);
            collective.AllReduce(numbers);
            numbers.Equals(expected).Should().BeTrue("of the sum of {0}", type);
        }

        var taken = full(7, 3 + rank, dtype: ScalarType.Int64);
        collective.Broadcast(taken);
        taken.data<long>().ToArray().Should().OnlyContain(number => number == 3);

        var own = Encoding.UTF8.GetBytes(new string((char)('a' + rank), 5 * rank));
        var all = collective.Gather(own).Select(Encoding.UTF8.GetString).ToList();
        all.Should().Equal(rank == 0 ? Enumerable.Range(0, size).Select(other => new string((char)('a' + other), 5 * other)) : []);

        collective.LocalRank.Should().Be(rank, "all are on this machine");
        collective.Barrier();
        Refuses(() => collective.AllReduce(ones(2, dtype: ScalarType.Int32)), "The tensor is of type Int32; a sum over the ranks is of Float32, Float64, BFloat16 or Int64. Convert it with to(...). (Parameter 'tensor')");
        Refuses(() => collective.Broadcast(ones(2, 3).t()), "The tensor 3x2 is not contiguous in memory. Pass contiguous() of it. (Parameter 'tensor')");
    }

    private static void Refuses(Action call, string message) => call.Should().Throw<ArgumentException>().Which.Message.Should().Be(message);
}
