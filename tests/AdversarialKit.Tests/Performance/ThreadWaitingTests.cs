namespace AdversarialKit.Tests.Performance;

public sealed class ThreadWaitingTests
{
    private const string Told = "Waiting threads sleep after 20,000 turns instead of 300,000, and leave the processor to others.";

    [LinuxFact]
    public void Apply_AfterTorchWasLoaded_SaysThatItIsTooLate()
    {
        NativeTorch.EnsureLoaded();

        using var tuning = TorchTuning.Apply(new TorchTuningOptions { Allocator = false, Float32Products = false, Threads = false });

        tuning.Outcomes.Should().Equal(new TuningOutcome(
            TuningSetting.Waiting,
            false,
            "Waiting threads stay as they are: torch was loaded before, and reads how they wait when it is. Make TorchTuning.Apply the first call of the program."));
    }

    // The thread that waits for the next operation turns a fixed number of times, however busy the machine is: its processor time tells.
    [LinuxFact]
    public async Task Apply_BeforeTorchIsLoaded_LetsWaitingThreadsSleep()
    {
        var (spinning, _) = await WaitingProcess.Run(applies: false);
        var (sleeping, said) = await WaitingProcess.Run(applies: true);

        said.Should().Be(Told);
        if (Environment.ProcessorCount > 1)
        {
            sleeping.Should().BeLessThan(spinning / 2);
        }
    }

    [LinuxTheory]
    [InlineData("OMP_WAIT_POLICY", "active")]
    [InlineData("GOMP_SPINCOUNT", "300000")]
    public async Task Apply_WaitingGivenByTheEnvironment_StaysAsItIs(string variable, string value)
    {
        var (_, said) = await WaitingProcess.Run(applies: true, (variable, value));

        said.Should().Be($"Waiting threads stay as the environment variable {variable} sets them.");
    }

    [LinuxFact]
    public void NativeEnvironment_SetAndRemoved_IsNotThatOfDotNet()
    {
        const string Name = "ADVERSARIALKIT_TEST";
        var environment = NativeEnvironment.Find()!;

        environment.Set(Name, "ä b");
        environment.Get(Name).Should().Be("ä b");
        environment.Set(Name, null);
        environment.Get(Name).Should().BeNull();
    }
}
