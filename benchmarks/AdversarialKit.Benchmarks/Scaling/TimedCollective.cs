using System.Diagnostics;

namespace AdversarialKit.Benchmarks;

/// <summary>Another collective, with the time and the bytes of its sums.</summary>
internal sealed class TimedCollective(ICollective inner) : ICollective
{
    public int Rank => inner.Rank;

    public int Size => inner.Size;

    public int LocalRank => inner.LocalRank;

    /// <summary>Time in sums, waiting for the other ranks included.</summary>
    public TimeSpan Elapsed { get; private set; }

    public long Messages { get; private set; }

    public long Bytes { get; private set; }

    public void AllReduce(Tensor tensor)
    {
        var start = Stopwatch.GetTimestamp();
        inner.AllReduce(tensor);
        Elapsed += Stopwatch.GetElapsedTime(start);
        Messages++;
        Bytes += tensor.numel() * tensor.element_size();
    }

    public void Broadcast(Tensor tensor) => inner.Broadcast(tensor);

    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes) => inner.Gather(bytes);

    public void Barrier() => inner.Barrier();

    public void Abort(string reason) => inner.Abort(reason);

    public void Restart() => (Elapsed, Messages, Bytes) = (TimeSpan.Zero, 0, 0);
}
