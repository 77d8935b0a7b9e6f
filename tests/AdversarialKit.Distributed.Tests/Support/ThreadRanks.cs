using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Ranks that are threads of this process: for what has nothing to do with MPI.</summary>
internal sealed class ThreadRanks : IDisposable
{
    private readonly Barrier _barrier;
    private readonly CancellationTokenSource _ended = new();
    private readonly Tensor?[] _tensors;
    private readonly byte[][] _parcels;

    private ThreadRanks(int size) => (_barrier, _tensors, _parcels) = (new Barrier(size), new Tensor?[size], new byte[size][]);

    /// <summary>Why a rank ended all; null where none did.</summary>
    public string? Aborted { get; private set; }

    /// <summary>Does a work on each rank; exceptions of all ranks come out together.</summary>
    public static T[] Run<T>(int size, Func<ICollective, T> work) => Run(size, work, out _);

    /// <summary>The same, with the reason for which a rank ended all.</summary>
    public static T[] Run<T>(int size, Func<ICollective, T> work, out string? aborted)
    {
        using var ranks = new ThreadRanks(size);
        var (results, errors) = (new T[size], new Exception?[size]);
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                set_num_threads(1);
                results[rank] = work(new Member(ranks, rank));
            }
            catch (Exception error)
            {
                errors[rank] = error;
                ranks._ended.CancelAfter(TimeSpan.FromSeconds(20));
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        aborted = ranks.Aborted;
        return errors.OfType<Exception>().ToList() is { Count: > 0 } thrown ? throw new AggregateException(thrown) : results;
    }

    public void Dispose()
    {
        _barrier.Dispose();
        _ended.Dispose();
    }

    private sealed class Member(ThreadRanks ranks, int rank) : ICollective
    {
        public int Rank => rank;

        public int Size => ranks._tensors.Length;

        public int LocalRank => rank;

        public void AllReduce(Tensor tensor)
        {
            using var noGraph = no_grad();
            using var scope = NewDisposeScope();
            ranks._tensors[rank] = tensor;
            Barrier();
            var sum = ranks._tensors[0]!.clone();
            for (var other = 1; other < Size; other++)
            {
                sum.shape.Should().Equal(ranks._tensors[other]!.shape, "all ranks reduce the same");
                sum.add_(ranks._tensors[other]!);
            }

            Barrier();
            tensor.copy_(sum);
            Barrier();
        }

        public void Broadcast(Tensor tensor)
        {
            using var noGraph = no_grad();
            ranks._tensors[rank] = tensor;
            Barrier();
            if (rank != 0)
            {
                tensor.shape.Should().Equal(ranks._tensors[0]!.shape, "all ranks take the same");
                tensor.copy_(ranks._tensors[0]!);
            }

            Barrier();
        }

        public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes)
        {
            ranks._parcels[rank] = bytes.ToArray();
            Barrier();
            byte[][] all = rank == 0 ? [.. ranks._parcels] : [];
            Barrier();
            return all;
        }

        public void Barrier() => ranks._barrier.SignalAndWait(ranks._ended.Token);

        public void Abort(string reason)
        {
            ranks.Aborted ??= $"rank {rank}: {reason}";
            ranks._ended.Cancel();
        }
    }
}
