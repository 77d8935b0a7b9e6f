using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>A count of epochs that makes no whole iteration is told, and never becomes "no end".</summary>
public sealed class FitEpochsTests
{
    [Theory]
    [InlineData(5, 1, 3, 2)]
    [InlineData(5, 1, 1, 5)]
    [InlineData(7, 2, 3, 3)]
    public void Fit_FewerBatchesThanDiscriminatorSteps_SaysHowManyEpochsAreNeeded(int steps, int epochs, int batches, int needed) =>
        Refusal(steps, epochs, new Endless(batches)).Should().Be(
            $"FitOptions.Epochs is {epochs}, but an iteration takes {steps} batches, one for each discriminator step, and an epoch has {batches}: " +
            $"it must be at least {needed}. (Parameter 'options')");

    [Theory]
    [InlineData(0)]
    [InlineData(-4)]
    public void Fit_EpochsOfNoBatches_SaysSo(long batches) =>
        Refusal(1, 3, new Endless(batches)).Should().Be(
            $"IBatchSource.BatchesPerEpoch is {batches}, but FitOptions.Epochs needs at least 1. (Parameter 'options')");

    [Theory]
    [InlineData(5, 2, 3, 1)]
    [InlineData(5, 5, 3, 3)]
    [InlineData(2, 3, 3, 4)]
    public void Fit_EpochsThatMakeIterations_MakesTheWholeOnesThatFit(int steps, int epochs, int batches, int iterations)
    {
        using var world = new World(steps);

        world.Gan.Fit(new Endless(batches), new FitOptions { Epochs = epochs }).Iterations.Should().Be(iterations);
    }

    [Fact]
    public void Fit_MoreIterationsThanCanBeCounted_IsLongAndNotEndless()
    {
        using var world = new World(1);
        TrainingProgress? seen = null;
        using var stop = new CancellationTokenSource();
        var look = new Callback((_, progress) =>
        {
            seen = progress;
            stop.Cancel();
        });

        world.Gan.Fit(new Endless(long.MaxValue), new FitOptions { Epochs = int.MaxValue, Callbacks = [look] }, stop.Token);

        seen!.TotalIterations.Should().Be(long.MaxValue);
    }

    private static string Refusal(int steps, int epochs, IBatchSource batches)
    {
        using var world = new World(steps);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        var fit = () => world.Gan.Fit(batches, new FitOptions { Epochs = epochs }, stop.Token);

        return fit.Should().Throw<ArgumentException>().Which.Message;
    }

    private sealed class Endless(long batchesPerEpoch) : IBatchSource
    {
        public long? BatchesPerEpoch => batchesPerEpoch;

        public Batch? NextBatch() => Toy.Real(4);
    }

    private sealed class World : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> _generator = Toy.Generator();
        private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();

        public World(int steps) => Gan = Toy.Builder(_generator, _discriminator).WithDiscriminatorSteps(steps).Build();

        public Gan Gan { get; }

        public void Dispose()
        {
            Gan.Dispose();
            _generator.Dispose();
            _discriminator.Dispose();
        }
    }
}
