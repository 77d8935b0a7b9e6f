using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Evaluations of several ranks: figures of the samples of all, and no rank that waits for another in vain.</summary>
public sealed class RankEvaluationTests
{
    private const int Samples = 101;
    private const int Iterations = 3;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_OnRanks_GivesTheFiguresOfAllSamplesTogether(int ranks)
    {
        using var scope = NewDisposeScope();

        var found = ThreadRanks.Run(ranks, collective =>
        {
            using var run = new SmallRun(collective);
            var (result, features) = Evaluate(run);
            return (result.Evaluations, Features: features);
        });

        found.Select(rank => rank.Features.shape[0]).Sum().Should().Be(Samples, "each makes its part");
        var all = cat([.. found.Select(rank => rank.Features)]);
        all.shape[0].Should().Be(all.unique(dim: 0).output.shape[0], "no sample is made twice");
        using var quality = Quality();
        var expected = quality.Judge(all, Classes(all));
        foreach (var (evaluations, _) in found)
        {
            evaluations.Should().ContainSingle().Which.Iteration.Should().Be(Iterations);
            (evaluations[0].Quality with { Warnings = [] }).Should().BeEquivalentTo(expected with { Warnings = [] });
        }
    }

    // In the rehearsal before a run, and in the evaluation itself.
    [Theory]
    [InlineData(0, "Rank 1 could not begin the run, and so no rank goes on. There: IOException: The network's file is gone.")]
    [InlineData(1, "Rank 1 could not make its samples, and so no rank goes on. There: IOException: The network's file is gone.")]
    public void Fit_OfARankThatCannotEvaluate_EndsOnAll(int after, string message)
    {
        var errors = ThreadRanks.Run(
            2,
            collective =>
            {
                using var run = new SmallRun(collective);
                using var features = new Recorded { FailsAfter = collective.Rank == 1 ? after : int.MaxValue };
                return new Action(() => Evaluate(run, features)).Should().Throw<Exception>().Which;
            },
            out var aborted);

        aborted.Should().BeNull("every rank knows of it");
        errors[0].Should().BeOfType<CollectiveException>().Which.Message.Should().Be(message);
        errors[1].Should().BeOfType<IOException>();
    }

    private static (FitResult Result, Tensor Features) Evaluate(SmallRun run, Recorded? features = null)
    {
        using var recorded = features ?? new Recorded();
        using var quality = Quality();
        var result = run.Gan.Fit(run.Batches, new FitOptions
        {
            Iterations = Iterations,
            Evaluation = new EvaluationOptions { Quality = quality, Features = recorded, Classes = new Recorded { OfClasses = true }, Samples = Samples, Interval = 1000 },
        });
        return (result, recorded.WithoutRehearsal());
    }

    private static SampleQuality Quality()
    {
        using var random = new Generator(6);
        using var real = randn(150, SmallRun.Width, generator: random);
        using var classes = Classes(real);
        return new SampleQuality(real, classes);
    }

    private static Tensor Classes(Tensor samples) => samples.narrow(1, 0, 3).softmax(1);

    /// <summary>Takes samples for their own features, and remembers them.</summary>
    private sealed class Recorded : IFeatureExtractor
    {
        private readonly List<Tensor> _given = [];

        public int FailsAfter { get; init; } = int.MaxValue;

        public bool OfClasses { get; init; }

        public Tensor Extract(Tensor samples)
        {
            if (_given.Count >= FailsAfter)
            {
                throw new IOException("The network's file is gone.");
            }

            _given.Add(samples.clone().DetachFromDisposeScope());
            return OfClasses ? Classes(samples) : samples.alias();
        }

        public Tensor WithoutRehearsal() => cat([.. _given.Skip(1)]).DetachFromDisposeScope();

        public void Dispose() => _given.ForEach(samples => samples.Dispose());
    }
}
