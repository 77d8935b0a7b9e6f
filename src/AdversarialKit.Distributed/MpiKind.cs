namespace AdversarialKit;

/// <summary>Whose launcher started a process.</summary>
internal enum MpiKind
{
    /// <summary>No launcher of MPI.</summary>
    None,

    /// <summary>Open MPI's.</summary>
    OpenMpi,

    /// <summary>MPICH's or one of its kin: Intel MPI, MVAPICH, MS-MPI.</summary>
    Mpich,

    /// <summary>Slurm's <c>srun</c>, which starts programs of any MPI.</summary>
    Slurm,
}
