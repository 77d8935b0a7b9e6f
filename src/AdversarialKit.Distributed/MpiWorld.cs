namespace AdversarialKit;

/// <summary>The processes of one start under MPI: its C functions on plain memory.</summary>
internal sealed unsafe class MpiWorld : IDisposable
{
    // Counts are of 32 bits. The rounds of all ranks are of one size.
    private const long LongestPiece = 1L << 30;

    private readonly MpiLibrary _library;
    private readonly MpiTable _table;
    private readonly delegate* unmanaged<nint, void*, int, nint, nint, nint, int> _allReduce;
    private readonly delegate* unmanaged<void*, int, nint, int, nint, int> _broadcast;
    private readonly delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, int, nint, int> _gatherParts;
    private readonly delegate* unmanaged<nint, int> _barrier;

    private MpiWorld(MpiLibrary library)
    {
        (_library, _table) = (library, library.Table);
        _allReduce = (delegate* unmanaged<nint, void*, int, nint, nint, nint, int>)library.Function("MPI_Allreduce");
        _broadcast = (delegate* unmanaged<void*, int, nint, int, nint, int>)library.Function("MPI_Bcast");
        _gatherParts = (delegate* unmanaged<void*, int, nint, void*, int*, int*, nint, int, nint, int>)library.Function("MPI_Gatherv");
        _barrier = (delegate* unmanaged<nint, int>)library.Function("MPI_Barrier");
        Rank = Asked("MPI_Comm_rank");
        Size = Asked("MPI_Comm_size");
    }

    public int Rank { get; }

    public int Size { get; }

    /// <summary>The library, in words.</summary>
    public string Library => $"{_library.Version()}, {_library.File}";

    /// <summary>Begins MPI in this process, unless another part of the program did.</summary>
    public static MpiWorld Begin(MpiLibrary library)
    {
        int begun;
        Check(((delegate* unmanaged<int*, int>)library.Function("MPI_Initialized"))(&begun), "MPI_Initialized");
        if (begun == 0)
        {
            int provided;
            Check(((delegate* unmanaged<int*, void*, int, int*, int>)library.Function("MPI_Init_thread"))(null, null, library.Table.Serialized, &provided), "MPI_Init_thread");
            if (provided < library.Table.Serialized)
            {
                throw new CollectiveException($"{library.Version()} ({library.File}) cannot be called from more than one thread (MPI_THREAD_SERIALIZED). Use a build of it with thread support.");
            }
        }

        return new MpiWorld(library);
    }

    /// <summary>The sum over all ranks, in place.</summary>
    public void SumFloats(void* start, long count) => Sum(start, count, _table.Float, sizeof(float));

    /// <inheritdoc cref="SumFloats"/>
    public void SumDoubles(void* start, long count) => Sum(start, count, _table.Double, sizeof(double));

    /// <inheritdoc cref="SumFloats"/>
    public void SumIntegers(void* start, long count) => Sum(start, count, _table.Int64, sizeof(long));

    /// <summary>Rank 0's bytes, in place.</summary>
    public void Broadcast(void* start, long bytes)
    {
        for (var done = 0L; done < bytes; done += LongestPiece)
        {
            Check(_broadcast((byte*)start + done, (int)Math.Min(LongestPiece, bytes - done), _table.Byte, 0, _table.World), "MPI_Bcast");
        }
    }

    /// <summary>Brings bytes to rank 0: on rank 0 those of all, elsewhere none.</summary>
    public byte[][] Gather(ReadOnlySpan<byte> own)
    {
        var lengths = new long[Size];
        lengths[Rank] = own.Length;
        fixed (long* start = lengths)
        {
            SumIntegers(start, Size);
        }

        var all = Rank == 0 ? Array.ConvertAll(lengths, length => new byte[length]) : [];
        for (var round = 0L; round < lengths.Max(); round += PieceOfGather)
        {
            GatherPieces(own, lengths, all, round);
        }

        return all;
    }

    public void Barrier() => Check(_barrier(_table.World), "MPI_Barrier");

    /// <summary>Ends all processes; does not return.</summary>
    public void Abort() => ((delegate* unmanaged<nint, int, int>)_library.Function("MPI_Abort"))(_table.World, 1);

    /// <summary>Waits for the others and ends MPI.</summary>
    public void Dispose()
    {
        int ended;
        if (((delegate* unmanaged<int*, int>)_library.Function("MPI_Finalized"))(&ended) == 0 && ended == 0)
        {
            ((delegate* unmanaged<int>)_library.Function("MPI_Finalize"))();
        }
    }

    // All pieces of one round lie one behind the other on rank 0, at 32-bit places.
    private long PieceOfGather => Math.Max(1, int.MaxValue / Size);

    private void GatherPieces(ReadOnlySpan<byte> own, long[] lengths, byte[][] all, long from)
    {
        var counts = Array.ConvertAll(lengths, length => (int)Math.Clamp(length - from, 0, PieceOfGather));
        var places = new int[Size];
        for (var rank = 1; rank < Size; rank++)
        {
            places[rank] = places[rank - 1] + counts[rank - 1];
        }

        var piece = own.Slice((int)Math.Min(from, own.Length), counts[Rank]);
        var together = new byte[Rank == 0 ? (long)places[^1] + counts[^1] : 0];
        fixed (byte* send = piece, receive = together)
        fixed (int* count = counts, place = places)
        {
            Check(_gatherParts(send, piece.Length, _table.Byte, receive, count, place, _table.Byte, 0, _table.World), "MPI_Gatherv");
        }

        for (var rank = 0; rank < all.Length; rank++)
        {
            together.AsSpan(places[rank], counts[rank]).CopyTo(all[rank].AsSpan((int)Math.Min(from, all[rank].Length)));
        }
    }

    private void Sum(void* start, long count, nint type, int size)
    {
        for (var done = 0L; done < count; done += LongestPiece)
        {
            Check(_allReduce(_table.InPlace, (byte*)start + (done * size), (int)Math.Min(LongestPiece, count - done), type, _table.Sum, _table.World), "MPI_Allreduce");
        }
    }

    private int Asked(string function)
    {
        int answer;
        Check(((delegate* unmanaged<nint, int*, int>)_library.Function(function))(_table.World, &answer), function);
        return answer;
    }

    // MPI ends all ranks by itself where it finds an error, unless a program has told it otherwise.
    private static void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new CollectiveException($"{function} failed with the code {code}: the ranks cannot reach each other any more. Start all of them again.");
        }
    }
}
