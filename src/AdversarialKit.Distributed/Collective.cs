using System.Text;

namespace AdversarialKit;

/// <summary>The processes that a launcher of MPI started; or this process alone, where none did.</summary>
/// <remarks>
/// Tensors are summed in place, in their own memory; those of a GPU travel through the host. The library is that of the launcher: Open MPI, MPICH
/// and its kin (Intel MPI, MS-MPI), or one with MPI's standard ABI.
/// </remarks>
public sealed class Collective : ICollective, IDisposable
{
    private readonly MpiWorld? _world;
    private bool _disposed;

    private Collective(MpiWorld? world)
    {
        _world = world;
        (Rank, Size) = (world?.Rank ?? 0, world?.Size ?? 1);
        LocalRank = world is null ? 0 : FindLocalRank();
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    public int LocalRank { get; }

    /// <summary>Finds the processes of this start, by the variables that its launcher set: <c>mpirun</c>, <c>mpiexec</c> or <c>srun</c>.</summary>
    /// <returns>
    /// This process's place among them; of size 1, without MPI, where no launcher started it. The caller disposes it last of all, on every rank:
    /// that waits for the others.
    /// </returns>
    /// <exception cref="CollectiveException">
    /// The variables contradict each other or the library, half of them is set, there is no library of the launcher's MPI, or other processes are
    /// said to exist that no launcher of MPI started.
    /// </exception>
    public static Collective FromEnvironment() => From(Launch.Read(Environment.GetEnvironmentVariable));

    /// <inheritdoc/>
    public unsafe void AllReduce(Tensor tensor)
    {
        Check(tensor);
        if (_world is null)
        {
            return;
        }

        // Float32 for the sum of BFloat16: eight bits of it would be lost at every addition.
        if (tensor.device_type != DeviceType.CPU || tensor.dtype == ScalarType.BFloat16)
        {
            using var host = tensor.to(tensor.dtype == ScalarType.BFloat16 ? ScalarType.Float32 : tensor.dtype).cpu();
            AllReduce(host);
            using var noGraph = no_grad();
            tensor.copy_(host);
            return;
        }

        foreach (var piece in TensorPieces.Of(tensor))
        {
            fixed (byte* start = piece.bytes)
            {
                Sum(start, piece.numel(), piece.dtype);
            }
        }
    }

    /// <inheritdoc/>
    public unsafe void Broadcast(Tensor tensor)
    {
        RequireContiguous(tensor);
        if (_world is null)
        {
            return;
        }

        if (tensor.device_type != DeviceType.CPU)
        {
            using var host = tensor.cpu();
            Broadcast(host);
            using var noGraph = no_grad();
            tensor.copy_(host);
            return;
        }

        foreach (var piece in TensorPieces.Of(tensor))
        {
            fixed (byte* start = piece.bytes)
            {
                _world.Broadcast(start, piece.numel() * piece.element_size());
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Gather(ReadOnlySpan<byte> bytes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _world is null ? [bytes.ToArray()] : _world.Gather(bytes);
    }

    /// <inheritdoc/>
    public void Barrier()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _world?.Barrier();
    }

    /// <inheritdoc/>
    public void Abort(string reason)
    {
#pragma warning disable RS0030 // The process ends here; no log would be written any more.
        using (var error = Console.OpenStandardError())
#pragma warning restore RS0030
        {
            error.Write(Encoding.UTF8.GetBytes($"Rank {Rank} of {Size} (process {Environment.ProcessId} on {Environment.MachineName}) ends all: {reason}\n"));
        }

        _world?.Abort();
        Environment.Exit(1);
    }

    /// <summary>Waits for the other ranks and ends MPI in this process. It cannot begin again.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _world?.Dispose();
        }
    }

    /// <summary>The processes that an environment tells of.</summary>
    internal static Collective From(Launch launch)
    {
        if (launch.IsWithoutMpi)
        {
            throw new CollectiveException(
                $"{launch.Told} say that this is rank {launch.Rank} of {launch.Size}, as torchrun does, but no launcher of MPI started this process, and MPI cannot connect processes " +
                $"that it did not start. Start them with mpirun -n {launch.Size} or srun --mpi=pmix -n {launch.Size}.");
        }

        if (launch.Size == 1)
        {
            return new Collective(null);
        }

        var world = MpiWorld.Begin(MpiLibrary.Load(launch));
        return world.Size == launch.Size && world.Rank == launch.Rank ? new Collective(world) : throw new CollectiveException(
            $"{launch.Told} say that this is rank {launch.Rank} of {launch.Size}, but {world.Library} says rank {world.Rank} of {world.Size}: the launcher is of another MPI than the library, " +
            "and each process would train alone. Start with the launcher of the library's MPI, or install the library of the launcher's.");
    }

    private unsafe void Sum(void* start, long count, ScalarType type)
    {
        switch (type)
        {
            case ScalarType.Float32:
                _world!.SumFloats(start, count);
                break;
            case ScalarType.Float64:
                _world!.SumDoubles(start, count);
                break;
            default:
                _world!.SumIntegers(start, count);
                break;
        }
    }

    private int FindLocalRank()
    {
        var machines = Gather(Encoding.UTF8.GetBytes(Environment.MachineName)).Select(Encoding.UTF8.GetString).ToList();
        var places = new long[Size];
        for (var rank = 0; rank < machines.Count; rank++)
        {
            places[rank] = machines.Take(rank).Count(machine => machine == machines[rank]);
        }

        using var all = tensor(places);
        Broadcast(all);
        return (int)all.data<long>()[Rank];
    }

    private void Check(Tensor tensor)
    {
        RequireContiguous(tensor);
        if (tensor.dtype is not (ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16 or ScalarType.Int64))
        {
            throw new ArgumentException($"The tensor is of type {tensor.dtype}; a sum over the ranks is of Float32, Float64, BFloat16 or Int64. Convert it with to(...).", nameof(tensor));
        }
    }

    private void RequireContiguous(Tensor tensor)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(tensor);
        if (!tensor.is_contiguous())
        {
            throw new ArgumentException($"The tensor {string.Join("x", tensor.shape)} is not contiguous in memory. Pass contiguous() of it.", nameof(tensor));
        }
    }
}
