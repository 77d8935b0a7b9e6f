using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace AdversarialKit.Tests.Distributed;

/// <summary>The C program beside which <c>benchmarks -- scaling</c> times sums: it can be built, and sums rightly.</summary>
public sealed class CompiledProgramTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("allreduce").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("mpicc.openmpi", Launcher.OpenMpi)]
    [InlineData("mpicc.mpich", Launcher.Mpich)]
    public void Allreduce_UnderItsLauncher_PrintsARate(string compiler, string launcher)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var program = Path.Combine(_folder, "allreduce");
        using var build = Process.Start(compiler, ["-Wall", "-Werror", "-O2", "-o", program, Path.Combine(AppContext.BaseDirectory, "Fixtures", "allreduce.c")]);
        build.WaitForExit();
        build.ExitCode.Should().Be(0);

        var result = Launcher.RunOther(launcher, 2, program, "100000", "10");

        result.ExitCode.Should().Be(0, result.All);
        var line = result.Output.Split('\n').Should().ContainSingle(line => line.StartsWith("rate: ", StringComparison.Ordinal)).Which;
        double.Parse(line["rate: ".Length..], CultureInfo.InvariantCulture).Should().BePositive();
    }
}
