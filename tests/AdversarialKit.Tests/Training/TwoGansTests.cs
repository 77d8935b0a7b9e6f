namespace AdversarialKit.Tests.Training;

/// <summary>Two GANs that train at once disturb neither each other's randomness nor modes nor gradients.</summary>
public sealed class TwoGansTests
{
    [Fact]
    public async Task FitAsync_TwoAtOnce_GiveTheBitsOfOneAfterTheOther()
    {
        var first = await Run(1);
        var second = await Run(2);

        var both = await Task.WhenAll(Run(1), Run(2));

        both.Should().Equal(first, second);
        first.Should().NotBe(second);
    }

    // Without dropout: torch has one generator for it, which all threads share.
    private static async Task<string> Run(long seed)
    {
        using var rich = new RichGan(seed % 2 == 0 ? Sampling.Shuffled : Sampling.WithReplacement, seed: seed, dropout: 0);
        var losses = new LossLog();
        await rich.Gan.FitAsync(rich.Batches, new FitOptions { Iterations = 40, Callbacks = [losses] }).Result;
        return string.Join("\n", losses.Lines) + rich.DigestOfNetworks();
    }
}
