namespace AdversarialKit;

/// <summary>
/// Some processes, one a rank, that train one model together: each on its part of every batch. <c>AdversarialKit.Distributed</c> brings one on
/// MPI.
/// </summary>
/// <remarks>
/// Every rank makes the same calls in the same order; a call waits for the others. One call at a time: the library calls from the thread that
/// trains.
/// </remarks>
public interface ICollective
{
    /// <summary>This process's number.</summary>
    /// <value>From 0 to <see cref="Size"/> - 1.</value>
    int Rank { get; }

    /// <summary>The number of processes.</summary>
    /// <value>At least 1.</value>
    int Size { get; }

    /// <summary>This process's number among those of the same machine, such as for the choice of a GPU.</summary>
    /// <value>From 0.</value>
    int LocalRank { get; }

    /// <summary>Puts the sum over all ranks into the tensor of each.</summary>
    /// <param name="tensor">Of one shape on all ranks, contiguous, in Float32, Float64, BFloat16 or Int64; is overwritten. Remains the caller's.</param>
    /// <exception cref="ArgumentException">The tensor is of another type or not contiguous.</exception>
    /// <exception cref="CollectiveException">The ranks cannot reach each other.</exception>
    void AllReduce(Tensor tensor);

    /// <summary>Puts the bytes of rank 0's tensor into the tensor of each.</summary>
    /// <param name="tensor">Of one shape and type on all ranks, contiguous; is overwritten, except on rank 0. Remains the caller's.</param>
    /// <exception cref="ArgumentException">The tensor is not contiguous.</exception>
    /// <exception cref="CollectiveException">The ranks cannot reach each other.</exception>
    void Broadcast(Tensor tensor);

    /// <summary>Brings bytes of all ranks to rank 0.</summary>
    /// <param name="bytes">This rank's; of any length, and of another one on another rank.</param>
    /// <returns>On rank 0 those of all ranks, in their order; elsewhere none.</returns>
    /// <exception cref="CollectiveException">The ranks cannot reach each other.</exception>
    IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes);

    /// <summary>Waits until every rank has come here.</summary>
    /// <exception cref="CollectiveException">The ranks cannot reach each other.</exception>
    void Barrier();

    /// <summary>Ends all ranks at once, this one included: for a fault of this rank that the others, which wait for it, cannot know of.</summary>
    /// <param name="reason">Is printed with this rank's number.</param>
    void Abort(string reason);
}
