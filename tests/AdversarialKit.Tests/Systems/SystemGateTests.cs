using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>Whatever another thread asks of a system waits for the step that is under way.</summary>
public sealed class SystemGateTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sample")]
    [InlineData("infer")]
    [InlineData("fingerprint")]
    [InlineData("save")]
    [InlineData("weights")]
    [InlineData("rates")]
    [InlineData("complete")]
    public async Task TrainStep_AnotherThreadMeanwhile_WaitsForTheIteration(string use)
    {
        using var within = new ManualResetEventSlim();
        using var asks = new ManualResetEventSlim();
        Task? other = null;
        var answered = false;
        using var pair = new CyclePair(inGenerators: _ =>
        {
            if (other is not null)
            {
                within.Set();
                asks.Wait();

                // Files take their time; the others would be there at once.
                answered |= other.Wait(TimeSpan.FromMilliseconds(use is "save" or "weights" ? 1000 : 100));
            }
        });
        pair.System.SaveCheckpoint(_folder.Path);
        other = Task.Factory.StartNew(
            () =>
            {
                within.Wait();
                asks.Set();
                Use(pair, use);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        pair.System.TrainStep(CyclePair.Batch(0));
        await other;

        answered.Should().BeFalse("'{0}' would find weights between two states", use);
    }

    private void Use(CyclePair pair, string use)
    {
        switch (use)
        {
            case "sample":
                pair.System.Sample(2).Dispose();
                break;
            case "infer":
                pair.System.Infer(() => zeros(1)).Dispose();
                break;
            case "fingerprint":
                pair.System.Networks[0].Fingerprint();
                break;
            case "save":
                pair.System.SaveCheckpoint(_folder["other"]);
                break;
            case "weights":
                pair.System.LoadWeights(_folder.Path);
                break;
            case "rates":
                pair.System.ScaleLearningRates(0.5);
                break;
            default:
                pair.System.CompleteIteration(1);
                break;
        }
    }
}
