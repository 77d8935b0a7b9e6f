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

    // A product must gain by fewer threads, an iteration by more of them: at least a tenth.
    [Theory]
    [InlineData(1.11, 1, "An iteration takes 1 instead of 2 threads, and 1.11 of the time.")]
    [InlineData(1.12, 2, "The number of threads stays 2: an iteration on 1 would take 1.12 of the time.")]
    public void Pull_ByAnIteration_TakesTheFewerWhereTheGainIsBelowATenth(double ratio, int threads, string explanation)
    {
        new ThreadCount((_, _) => ratio) { Iteration = () => { } }.Pull().Explanation.Should().Be(explanation);

        torch.get_num_threads().Should().Be(threads);
    }

    [Fact]
    public void Pull_ByAnIteration_ComparesWithTheFastestOfAll()
    {
        torch.set_num_threads(16);
        var ratios = new Queue<double>([0.8, 1.06, 1.06]);
        var tried = new List<int>();
        var lever = new ThreadCount((_, second) =>
        {
            second();
            return ratios.Dequeue();
        })
        { Iteration = () => tried.Add(torch.get_num_threads()) };

        // 8 threads: 0.8; 4: 0.848, within a ninth of it; 2: 0.899, no more.
        lever.Pull().Explanation.Should().Be("An iteration takes 4 instead of 16 threads, and 0.85 of the time.");

        tried.Should().Equal(8, 4, 2);
        torch.get_num_threads().Should().Be(4);
    }
}
