using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace AdversarialKit;

/// <summary>An MPI library with the table of its binary interface, and the functions that are used of it.</summary>
internal sealed unsafe class MpiLibrary
{
    private readonly nint _handle;

    private MpiLibrary(nint handle, string file)
    {
        _handle = handle;
        File = file;
        Table = TableOf(handle, file);
    }

    /// <summary>The file name by which it was found.</summary>
    public string File { get; }

    public MpiTable Table { get; }

    /// <summary>The files to try, those first whose launcher it was.</summary>
    public static IEnumerable<string> Candidates(MpiKind kind)
    {
        string[] openMpi = OperatingSystem.IsMacOS() ? ["libmpi.40.dylib"] : ["libmpi.so.40"];
        string[] mpich = OperatingSystem.IsWindows() ? ["msmpi.dll"] : OperatingSystem.IsMacOS() ? ["libmpi.12.dylib"] : ["libmpich.so.12", "libmpi.so.12"];
        string[] standard = OperatingSystem.IsMacOS() ? ["libmpi_abi.0.dylib"] : ["libmpi_abi.so.0", "libmpi_abi.so"];
        return kind switch
        {
            MpiKind.OpenMpi => [.. openMpi, .. standard],
            MpiKind.Mpich => [.. mpich, .. standard],
            _ => [.. openMpi, .. mpich, .. standard],
        };
    }

    /// <summary>Loads the first of some files that is there.</summary>
    /// <exception cref="CollectiveException">None is.</exception>
    public static MpiLibrary Load(Launch launch)
    {
        var files = Candidates(launch.Kind).ToList();
        return files.Select(TryLoad).OfType<MpiLibrary>().FirstOrDefault() ?? throw new CollectiveException(
            $"{launch.Told} say that this is rank {launch.Rank} of {launch.Size}, but no library of that MPI can be loaded; tried {string.Join(", ", files)}. " +
            "Install it on every machine (Debian: libopenmpi3 for mpirun.openmpi, libmpich12 for mpiexec.mpich), or put its folder into LD_LIBRARY_PATH.");
    }

    /// <summary>Loads a file; null where it is not there.</summary>
    public static MpiLibrary? TryLoad(string file) => NativeLibrary.TryLoad(file, out var handle) ? new MpiLibrary(handle, file) : null;

    /// <summary>What the library calls itself, in one line. May be asked before MPI is begun.</summary>
    public string Version()
    {
        // The longest that an implementation says of itself (MPICH: 8192).
        var text = new byte[8193];
        int length;
        fixed (byte* start = text)
        {
            ((delegate* unmanaged<byte*, int*, int>)Function("MPI_Get_library_version"))(start, &length);
        }

        return Encoding.UTF8.GetString(text, 0, Math.Clamp(length, 0, text.Length)).Split('\n', ',', '\0')[0].Trim();
    }

    /// <summary>The address of one of MPI's functions.</summary>
    public nint Function(string name) => NativeLibrary.GetExport(_handle, name);

    [SuppressMessage("Style", "IDE0046", Justification = "Three interfaces, one after the other.")]
    private static MpiTable TableOf(nint handle, string file)
    {
        if (file.StartsWith("libmpi_abi", StringComparison.Ordinal))
        {
            return MpiTable.Standard;
        }

        return NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _)
            ? MpiTable.OpenMpi(name => NativeLibrary.GetExport(handle, name))
            : MpiTable.Mpich;
    }
}
