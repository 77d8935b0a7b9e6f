using TorchSharp;

namespace AdversarialKit.Tests.Performance;

public sealed class ThreadCountTests : IDisposable
{
    public ThreadCountTests() => torch.set_num_threads(2);

    public void Dispose() => torch.set_num_threads(1);

    [Fact]
    public void Pull_OneThreadIsFaster_TakesOneUntilReleased()
    {
        var lever = new ThreadCount((_, _) => 0.5);

        lever.Pull().Should().Be(new TuningOutcome(
            TuningSetting.Threads, true, "Operations take 1 instead of 2 threads, and 0.50 of the time.", 2));

        torch.get_num_threads().Should().Be(1);
        lever.Release();
        torch.get_num_threads().Should().Be(2);
    }

    [Fact]
    public void Pull_OneThreadIsSlower_KeepsTwo()
    {
        new ThreadCount((_, _) => 1.5).Pull().Should().Be(new TuningOutcome(
            TuningSetting.Threads, false, "The number of threads stays 2: 1 would take 1.50 of the time."));

        torch.get_num_threads().Should().Be(2);
    }
}
