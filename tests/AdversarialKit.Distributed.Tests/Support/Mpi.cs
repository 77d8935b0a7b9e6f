using Xunit.Abstractions;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Debian's Open MPI and MPICH with their headers, where they are installed: <c>.ci/run</c> installs them where it may.</summary>
internal static class Mpi
{
    private static readonly string[] Programs = [Launcher.OpenMpi, Launcher.Mpich, "mpicc.openmpi", "mpicc.mpich"];

    /// <summary>Whether they are there, which is written down.</summary>
    public static bool IsThere(ITestOutputHelper output)
    {
        var missing = Programs.Where(program => Launcher.Find(program) is null).ToList();
        output.WriteLine(missing.Count == 0
            ? "Tried under Debian's Open MPI and MPICH."
            : $"{string.Join(", ", missing)} not installed (apt-get install openmpi-bin libopenmpi-dev mpich libmpich-dev): nothing was tried here.");
        return missing.Count == 0;
    }
}
