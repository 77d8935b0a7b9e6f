using System.ComponentModel;
using System.Diagnostics;

namespace AdversarialKit.Benchmarks;

/// <summary>The C program that sums, built by the compiler of a launcher's MPI into a folder of its own, which is deleted at the end.</summary>
internal sealed class CompiledProgram : IDisposable
{
    private const string Compiler = "mpicc";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("allreduce");

    private CompiledProgram(string compiler)
    {
        var path = System.IO.Path.Combine(_folder.FullName, "allreduce");
        Missing = Build(compiler, path);
        Path = Missing is null ? path : null;
    }

    /// <summary>The program; null where it could not be built.</summary>
    public string? Path { get; }

    /// <summary>Why it could not be built; null where it was.</summary>
    public string? Missing { get; }

    /// <summary>By the compiler that belongs to a launcher: <c>mpicc.mpich</c> to <c>mpiexec.mpich</c>, <c>mpicc</c> to <c>mpirun</c>.</summary>
    public static CompiledProgram Of(string launcher) => new(Compiler + System.IO.Path.GetExtension(launcher));

    public void Dispose() => _folder.Delete(recursive: true);

    private static string? Build(string compiler, string path)
    {
        var source = System.IO.Path.Combine(AppContext.BaseDirectory, "allreduce.c");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(compiler, ["-O2", "-o", path, source]) { RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{compiler} failed. {errors}";
        }
        catch (Win32Exception)
        {
            return $"there is no {compiler} (Debian: libopenmpi-dev, libmpich-dev).";
        }
    }
}
