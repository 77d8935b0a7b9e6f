namespace AdversarialKit.Tests.Threads;

/// <summary>Guarantee 8, the part of threads: what other threads do with a GAN that trains neither ends the run nor changes a bit of it.</summary>
public sealed class BesideTrainingTests : IDisposable
{
    private static readonly Dictionary<string, Task<string>> _undisturbed = [];
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("average", "sample", 1)]
    [InlineData("average", "sample", 8)]
    [InlineData("average", "generate", 2)]
    [InlineData("average", "save", 1)]
    [InlineData("average", "look", 2)]
    [InlineData("live", "sample", 1)]
    [InlineData("live", "sample", 8)]
    [InlineData("live", "look", 2)]
    [InlineData("noise", "sample", 2)]
    [InlineData("plain", "combined", 2)]
    public async Task FitAsync_UsedByOtherThreads_GivesTheBitsOfTheUndisturbedRun(string network, string use, int threads)
    {
        var beside = await BesideProcess.Run(network, use, threads, _folder["saved"]);

        beside.Should().StartWith("Completed\nused\n");
        beside.Should().Be(await Undisturbed(network));
    }

    private static Task<string> Undisturbed(string network)
    {
        lock (_undisturbed)
        {
            return _undisturbed.TryGetValue(network, out var known) ? known : _undisturbed[network] = BesideProcess.Run(network, "nothing", 1, "");
        }
    }
}
