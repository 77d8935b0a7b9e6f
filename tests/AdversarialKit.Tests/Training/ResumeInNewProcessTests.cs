namespace AdversarialKit.Tests.Training;

/// <summary>Guarantee 6: stop, save, new process, load, go on: the same bits as never having stopped.</summary>
public sealed class ResumeInNewProcessTests : IDisposable
{
    private const int Half = 8;
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Sampling.Shuffled, "fused")]
    [InlineData(Sampling.WithReplacement, "torch")]
    public async Task Fit_SavedAndResumedInANewProcess_IsTheUnbrokenRunBitForBit(Sampling sampling, string optimizer)
    {
        using var unbroken = new RichGan(sampling, TrainingProcess.Optimizer(optimizer));
        var losses = unbroken.TrainTo(2 * Half);

        var first = await Run(Half, sampling, optimizer);
        var second = await Run(2 * Half, sampling, optimizer);

        first.Losses.Concat(second.Losses).Should().Equal(losses);
        SumsOf(_folder.Path).Should().Equal(SumsOf(unbroken.Gan.SaveCheckpoint(_folder["unbroken"], batches: unbroken.Batches)));
        second.Digest.Should().Be(unbroken.Digest());
    }

    // Weights, buffers, moments, average, penalties, augmentation, position, random generators: a file each, or together.
    private static IEnumerable<string> SumsOf(string path) => Checkpoint.Open(path).Manifest.Files.Select(file => $"{file.Group} {file.Sha256}");

    private async Task<(string[] Losses, string Digest)> Run(int iterations, Sampling sampling, string optimizer)
    {
        using var process = TrainingProcess.Start(_folder.Path, iterations, sampling, optimizer, interval: 100);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, await errors);
        var parts = output.Split($"\n{TrainingProcess.End}\n");
        return (parts[0].Split('\n'), parts[1]);
    }
}
