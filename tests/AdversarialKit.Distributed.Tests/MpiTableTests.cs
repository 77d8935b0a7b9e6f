using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Every constant of the binding against the headers that are installed, by a C program that prints them.</summary>
public sealed class MpiTableTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mpi-table").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("mpicc.mpich")]
    public void Mpich_IsWhatItsHeaderSays(string compiler)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        Printed(compiler).Should().Equal(Told(MpiTable.Mpich));
    }

    // Addresses are of one process: those that the compiled program sees must be those of the names that are bound.
    [Theory]
    [InlineData("mpicc.openmpi")]
    public void OpenMpi_IsWhatItsHeaderSays(string compiler)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var names = new List<string>();
        var table = MpiTable.OpenMpi(name =>
        {
            names.Add(name);
            return 0;
        });

        Printed(compiler, "#define SAME(handle, object) ((void *)(handle) == (void *)&object)", $"""printf("%d\n", SAME(MPI_COMM_WORLD, {names[0]}) && SAME(MPI_FLOAT, {names[1]}) && SAME(MPI_DOUBLE, {names[2]}) && SAME(MPI_INT64_T, {names[3]}) && SAME(MPI_BYTE, {names[4]}) && SAME(MPI_SUM, {names[5]}));""")
            .Should().Equal(1);
        Printed(compiler, "", """printf("%ld\n%ld\n", (long)MPI_IN_PLACE, (long)MPI_THREAD_SERIALIZED);""").Should().Equal(table.InPlace, table.Serialized);
    }

    [Fact]
    public void Standard_IsWhatTheStandardSays()
    {
        // MPI 5.0, appendix A.1.1: handles and constants of the ABI. No header of it is installed by Debian 12.
        Told(MpiTable.Standard).Should().Equal(0x101, 0x210, 0x214, 0x258, 0x247, 0x21, 1, 2048);
    }

    private static long[] Told(MpiTable table) => [table.World, table.Float, table.Double, table.Int64, table.Byte, table.Sum, table.InPlace, table.Serialized];

    private long[] Printed(string compiler, string before = "", string? print = null)
    {
        var source = Path.Combine(_folder, "table.c");
        File.WriteAllText(source, $$"""
            #include <stdio.h>
            #include <mpi.h>
            {{before}}
            int main(void) {
                {{print ?? """
                printf("%ld\n%ld\n%ld\n%ld\n", (long)MPI_COMM_WORLD, (long)MPI_FLOAT, (long)MPI_DOUBLE, (long)MPI_INT64_T);
                printf("%ld\n%ld\n%ld\n%ld\n", (long)MPI_BYTE, (long)MPI_SUM, (long)MPI_IN_PLACE, (long)MPI_THREAD_SERIALIZED);
                """}}
                return 0;
            }
            """);
        Run(compiler, "-o", Path.Combine(_folder, "table"), source);
        return [.. Run(Path.Combine(_folder, "table")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, errors.Result);
        return output;
    }
}
