using AdversarialKit.Benchmarks;

namespace AdversarialKit.Tests.Benchmarks;

/// <summary>A short form of <c>benchmarks -- disturb</c>. What goes wrong may end the process, so each run has its own.</summary>
public sealed class DisturbedProcessTests
{
    private const int Iterations = 1_500;

    [Theory]
    [InlineData(DisturbedWork.Dense)]
    [InlineData(DisturbedWork.Convolutional)]
    [InlineData(DisturbedWork.Unscoped)]
    internal void Run_BesideCollections_FailsNeverAndEndsInTheSameBits(DisturbedWork work)
    {
        var iterations = work == DisturbedWork.Unscoped ? 20 * Iterations : Iterations;
        var undisturbed = DisturbedProcess.Run(AppContext.BaseDirectory, work, Disturbance.Nothing, iterations);
        undisturbed.Failures.Should().Be(0);

        foreach (var disturbance in new[] { Disturbance.Both, Disturbance.Server })
        {
            var disturbed = DisturbedProcess.Run(AppContext.BaseDirectory, work, disturbance, iterations);

            disturbed.Examples.Should().BeEmpty();
            disturbed.Failures.Should().Be(0);
            disturbed.Digest.Should().Be(undisturbed.Digest);
            disturbed.Collections.Should().BeGreaterThan(20, "else nothing was disturbed");
        }

        undisturbed.IsMended.Should().BeTrue();
    }

    [LinuxFact]
    public void Run_TorchSharpAsItsPackageShipsIt_Fails()
    {
        using var shipped = new ShippedTorchSharp();

        // How often it fails depends on the machine: most tries on some, one in five on others.
        var results = Enumerable.Range(0, 30).Select(i => DisturbedProcess.Run(
            shipped.Folder, DisturbedWork.Unscoped, i % 2 == 0 ? Disturbance.Server : Disturbance.Allocation, 20 * Iterations));

        results.Should().Contain(result => result.Failures > 0, "else the tests above could not see what they look for");
    }
}
