using System.Globalization;

namespace AdversarialKit;

/// <summary>What the environment says of how this process was started.</summary>
/// <param name="Kind">Whose launcher it was.</param>
/// <param name="Rank">This process's number.</param>
/// <param name="Size">The number of processes.</param>
/// <param name="Told">The variables that said so, for messages.</param>
internal sealed record Launch(MpiKind Kind, int Rank, int Size, string Told)
{
    private static readonly (MpiKind Kind, string Rank, string Size)[] Launchers =
    [
        (MpiKind.OpenMpi, "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"),
        (MpiKind.Mpich, "PMI_RANK", "PMI_SIZE"),
    ];

    /// <summary>A process that nobody launched.</summary>
    public static Launch Alone { get; } = new(MpiKind.None, 0, 1, "");

    /// <summary>Whether other processes are said to exist that no launcher of MPI started.</summary>
    public bool IsWithoutMpi => Kind == MpiKind.None && Size > 1;

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">A variable's value; null where it is not set.</param>
    /// <exception cref="CollectiveException">Half of a pair is set, a value is no number, or two pairs contradict each other.</exception>
    public static Launch Read(Func<string, string?> variable)
    {
        var found = Launchers.Select(launcher => Pair(launcher.Kind, launcher.Rank, launcher.Size, variable)).OfType<Launch>().FirstOrDefault()
            ?? Slurm(variable);

        // torchrun's; some schedulers set them beside those of MPI.
        var torchrun = Pair(MpiKind.None, "RANK", "WORLD_SIZE", variable);
        if (found is not null && torchrun is not null && found.Size != torchrun.Size)
        {
            throw new CollectiveException(
                $"The environment contradicts itself: {found.Told} say {found.Size} processes, {torchrun.Told} say {torchrun.Size}. " +
                "Unset those that are not of this start.");
        }

        return found ?? torchrun ?? Alone;
    }

    // In a batch script, before srun, Slurm says a number but no step: there is one process.
    private static Launch? Slurm(Func<string, string?> variable) =>
        variable("SLURM_STEP_NUM_TASKS") is null ? null : Pair(MpiKind.Slurm, "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", variable);

    private static Launch? Pair(MpiKind kind, string rankName, string sizeName, Func<string, string?> variable)
    {
        var (rank, size) = (variable(rankName), variable(sizeName));
        if (rank is null && size is null)
        {
            return null;
        }

        if (rank is null || size is null)
        {
            var (there, missing) = rank is null ? (sizeName, rankName) : (rankName, sizeName);
            throw new CollectiveException(
                $"The variable {there} is set to '{rank ?? size}', but {missing} is not set: a launcher sets both. Unset {there} to run one process, or start with a launcher.");
        }

        var told = $"{rankName}={rank} and {sizeName}={size}";
        return int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && number < count
            ? new Launch(kind, number, count, told)
            : throw new CollectiveException($"The variables {told} are no rank and size: a size is at least 1, and a rank from 0 to the size - 1. Start with a launcher of MPI, which sets them.");
    }
}
