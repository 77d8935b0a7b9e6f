using Xunit.Abstractions;

namespace AdversarialKit.Tests.Distributed;

public sealed class LaunchTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("", "Alone 0 of 1")]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2", "OpenMpi 1 of 2")]
    [InlineData("PMI_RANK=3 PMI_SIZE=4", "Mpich 3 of 4")]
    [InlineData("SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=2", "Slurm 1 of 2")]
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=8", "Alone 0 of 1")]
    [InlineData("SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=2 PMI_RANK=1 PMI_SIZE=2", "Mpich 1 of 2")]
    [InlineData("RANK=1 WORLD_SIZE=2", "Alone 1 of 2")]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2 RANK=0 WORLD_SIZE=2", "OpenMpi 1 of 2")]
    public void Read_OfVariables_FindsWhoStartedTheProcess(string variables, string expected)
    {
        var launch = Launch.Read(Variables(variables));

        $"{(launch.Kind == MpiKind.None ? "Alone" : launch.Kind.ToString())} {launch.Rank} of {launch.Size}".Should().Be(expected);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=1", "The variable OMPI_COMM_WORLD_RANK is set to '1', but OMPI_COMM_WORLD_SIZE is not set: a launcher sets both. Unset OMPI_COMM_WORLD_RANK to run one process, or start with a launcher.")]
    [InlineData("WORLD_SIZE=2", "The variable WORLD_SIZE is set to '2', but RANK is not set: a launcher sets both. Unset WORLD_SIZE to run one process, or start with a launcher.")]
    [InlineData("PMI_RANK=2 PMI_SIZE=2", "The variables PMI_RANK=2 and PMI_SIZE=2 are no rank and size: a size is at least 1, and a rank from 0 to the size - 1. Start with a launcher of MPI, which sets them.")]
    [InlineData("PMI_RANK=a PMI_SIZE=2", "The variables PMI_RANK=a and PMI_SIZE=2 are no rank and size: a size is at least 1, and a rank from 0 to the size - 1. Start with a launcher of MPI, which sets them.")]
    [InlineData("PMI_RANK=1 PMI_SIZE=2 RANK=1 WORLD_SIZE=4", "The environment contradicts itself: PMI_RANK=1 and PMI_SIZE=2 say 2 processes, RANK=1 and WORLD_SIZE=4 say 4. Unset those that are not of this start.")]
    public void Read_OfHalfOrContradictingVariables_SaysSoInOneSentence(string variables, string message)
    {
        var act = () => Launch.Read(Variables(variables));

        act.Should().Throw<CollectiveException>().Which.Message.Should().Be(message);
    }

    [Fact]
    public void FromEnvironment_WithTorchrunsVariablesAlone_SaysWhichLauncherToUse()
    {
        var act = () => Collective.From(Launch.Read(Variables("RANK=1 WORLD_SIZE=2")));

        act.Should().Throw<CollectiveException>().Which.Message.Should().Be(
            "RANK=1 and WORLD_SIZE=2 say that this is rank 1 of 2, as torchrun does, but no launcher of MPI started this process, and MPI cannot connect processes that it did not start. " +
            "Start them with mpirun -n 2 or srun --mpi=pmix -n 2.");
    }

    [Fact]
    public void FromEnvironment_WithoutALauncher_IsOneProcessWithoutMpi()
    {
        using var collective = Collective.From(Launch.Read(Variables("RANK=0 WORLD_SIZE=1")));
        using var numbers = TorchSharp.torch.ones(3);

        collective.AllReduce(numbers);
        collective.Broadcast(numbers);
        collective.Barrier();

        (collective.Rank, collective.Size, collective.LocalRank).Should().Be((0, 1, 0));
        numbers.data<float>().ToArray().Should().Equal(1, 1, 1);
        collective.Gather([1, 2]).Should().ContainSingle().Which.Should().Equal(1, 2);
    }

    // What the other MPI's library gives: n worlds of one process.
    [Theory]
    [InlineData("PMI_RANK=1 PMI_SIZE=2", "libmpich.so.12")]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2", "libmpi.so.40")]
    public void FromEnvironment_OfALibraryThatKnowsOneProcess_IsRefused(string variables, string library)
    {
        if (!Mpi.IsThere(output))
        {
            return;
        }

        var result = Launcher.RunAlone(variables.Split(' ').Select(variable => (variable.Split('=')[0], variable.Split('=')[1])), "messages");

        result.ExitCode.Should().NotBe(0);
        result.Errors.Should().MatchRegex($"say that this is rank 1 of 2, but .*{System.Text.RegularExpressions.Regex.Escape(library)} says rank 0 of 1: the launcher is of another MPI than the library");
    }

    private static Func<string, string?> Variables(string text)
    {
        var variables = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToDictionary(variable => variable.Split('=')[0], variable => variable.Split('=')[1]);
        return name => variables.GetValueOrDefault(name);
    }
}
