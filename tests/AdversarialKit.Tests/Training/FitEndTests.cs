using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>How a run ended is said in a sentence, whatever the end.</summary>
public sealed class FitEndTests : IDisposable
{
    private readonly CollectingLogger _log = new(LogLevel.Warning);
    private readonly nn.Module<Tensor, Tensor> _generator = Toy.Generator();
    private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(8);

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
        _log.Dispose();
    }

    [Theory]
    [InlineData(0, 1, 20, 0, "The batches came to their end; 0 of 20 iterations are made.")]
    [InlineData(2, 1, 20, 2, "The batches came to their end; 2 of 20 iterations are made.")]
    [InlineData(1, 2, 20, 0, "The batches came to their end; 0 of 20 iterations are made. An iteration takes 2 batches, one for each discriminator step, and 1 was left.")]
    [InlineData(5, 3, 20, 1, "The batches came to their end; 1 of 20 iterations are made. An iteration takes 3 batches, one for each discriminator step, and 2 were left.")]
    public void Fit_DataThatEndEarly_SaysHowManyWereMadeAndWarns(int batches, int steps, long iterations, long made, string message)
    {
        var result = Fit(batches, steps, new FitOptions { Iterations = iterations });

        result.Should().BeEquivalentTo(new { Reason = StopReason.Completed, Iterations = made, Message = message });
        _log.Entries.Should().ContainSingle().Which.Should().Be((LogLevel.Warning, 19, "Training ended early: " + message));
    }

    [Theory]
    [InlineData(0, "The batches came to their end; 0 iterations are made.")]
    [InlineData(1, "The batches came to their end; 1 iteration is made.")]
    [InlineData(3, "The batches came to their end; 3 iterations are made.")]
    public void Fit_DataThatEndWhereThatIsTheEnd_SaysSoWithoutAWarning(int batches, string message)
    {
        Fit(batches, 1, new FitOptions()).Message.Should().Be(message);

        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Fit_AllIterations_SaysSo() =>
        Fit(9, 1, new FitOptions { Iterations = 3 }).Message.Should().Be("All 3 iterations are made.");

    [Fact]
    public void Fit_Cancelled_SaysAfterWhat()
    {
        using var stop = new CancellationTokenSource();
        var callback = new Callback((_, progress) => { if (progress.Iteration == 2) { stop.Cancel(); } });

        Fit(9, 1, new FitOptions { Iterations = 5, Callbacks = [callback] }, stop.Token).Message.Should().Be("The token was cancelled; 2 of 5 iterations are made.");
    }

    [Fact]
    public void Fit_TimeLimit_SaysWhich() =>
        Fit(9, 1, new FitOptions { Iterations = 5, TimeLimit = TimeSpan.FromTicks(1) }).Message.Should().Be(
            "The time limit of 00:00:00.0000001 had passed; 0 of 5 iterations are made.");

    private FitResult Fit(int batches, int steps, FitOptions options, CancellationToken token = default)
    {
        using var gan = Toy.Builder(_generator, _discriminator).WithDiscriminatorSteps(steps).WithLogger(_log).Build();
        return gan.Fit(Enumerable.Repeat(new Batch(_real), batches), options, token);
    }
}
