namespace AdversarialKit;

/// <summary>What the names of MPI's C interface stand for in one of its binary interfaces. Handles are addresses or numbers; both travel as an address.</summary>
internal sealed record MpiTable
{
    /// <summary>Bound to Open MPI, MPICH or the standard, for messages.</summary>
    public required string Name { get; init; }

    public required nint World { get; init; }

    public required nint Float { get; init; }

    public required nint Double { get; init; }

    public required nint Int64 { get; init; }

    public required nint Byte { get; init; }

    public required nint Sum { get; init; }

    public required nint InPlace { get; init; }

    /// <summary>Calls come from any thread, one at a time.</summary>
    public required int Serialized { get; init; }

    /// <summary>MPICH and its kin, MS-MPI among them: numbers of 32 bits (mpi.h of MPICH 4.0).</summary>
    public static MpiTable Mpich { get; } = new()
    {
        Name = "MPICH",
        World = 0x44000000,
        Float = 0x4c00040a,
        Double = 0x4c00080b,
        Int64 = 0x4c00083a,
        Byte = 0x4c00010d,
        Sum = 0x58000003,
        InPlace = -1,
        Serialized = 2,
    };

    /// <summary>The standard's own binary interface (MPI 5.0, chapter 20 and appendix A): small numbers as addresses.</summary>
    public static MpiTable Standard { get; } = new()
    {
        Name = "MPI's standard ABI",
        World = 0x101,
        Float = 0x210,
        Double = 0x214,
        Int64 = 0x258,
        Byte = 0x247,
        Sum = 0x21,
        InPlace = 1,
        Serialized = 2048,
    };

    /// <summary>Open MPI: addresses of objects that its library exports (mpi.h of Open MPI 4.1).</summary>
    /// <param name="addressOf">The address of an exported object.</param>
    public static MpiTable OpenMpi(Func<string, nint> addressOf) => new()
    {
        Name = "Open MPI",
        World = addressOf("ompi_mpi_comm_world"),
        Float = addressOf("ompi_mpi_float"),
        Double = addressOf("ompi_mpi_double"),
        Int64 = addressOf("ompi_mpi_int64_t"),
        Byte = addressOf("ompi_mpi_byte"),
        Sum = addressOf("ompi_mpi_op_sum"),
        InPlace = 1,
        Serialized = 2,
    };
}
