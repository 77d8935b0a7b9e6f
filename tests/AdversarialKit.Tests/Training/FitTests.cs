using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

public sealed class FitTests : IDisposable
{
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;
    private readonly Gan _gan;

    public FitTests()
    {
        _batches = Batches.FromTensor(_real, 8);
        _gan = Toy.Builder(_generator, _discriminator).Build();
    }

    public void Dispose()
    {
        _gan.Dispose();
        _batches.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public void Fit_Iterations_IsWhatTheLoopByHandDoes()
    {
        using var generator = Copy(_generator, Toy.Generator());
        using var discriminator = Copy(_discriminator, Toy.Discriminator());
        using var byHand = Toy.Builder(generator, discriminator).Build();
        using var batches = Batches.FromTensor(_real, 8);
        for (var i = 0; i < 7; i++)
        {
            var batch = batches.NextBatch()!.Value;
            byHand.TrainStep(batch);
            batch.Real.Dispose();
        }

        var result = _gan.Fit(_batches, new FitOptions { Iterations = 7 });

        result.Reason.Should().Be(StopReason.Completed);
        result.Iterations.Should().Be(7);
        result.Last.Iteration.Should().Be(7);
        _gan.SamplesSeen.Should().Be(56);
        Snapshot.Of(_generator).Parameters.Should().Be(Snapshot.Of(generator).Parameters);
    }

    [Fact]
    public void Fit_IterationsReachedAlready_DoesNothing()
    {
        _gan.Fit(_batches, new FitOptions { Iterations = 3 });

        _gan.Fit(_batches, new FitOptions { Iterations = 3 }).Should().BeEquivalentTo(
            new { Reason = StopReason.Completed, Iterations = 3L, Last = default(StepResult) });
    }

    [Fact]
    public void Fit_Epochs_CountsFromTheFirst()
    {
        _gan.Fit(_batches, new FitOptions { Epochs = 1 }).Iterations.Should().Be(5);
        _gan.Fit(_batches, new FitOptions { Epochs = 3 }).Iterations.Should().Be(15);
    }

    [Fact]
    public void Fit_Sequence_EndsWhereItEnds()
    {
        var result = _gan.Fit(MakeAndDispose(4), new FitOptions());

        result.Should().BeEquivalentTo(new { Reason = StopReason.Completed, Iterations = 4L });
    }

    [Fact]
    public void Fit_SequenceThatDisposesItsBatches_FeedsTwoDiscriminatorSteps()
    {
        using var gan = Toy.Builder(_generator, _discriminator).WithDiscriminatorSteps(2).Build();

        gan.Fit(MakeAndDispose(5), new FitOptions()).Iterations.Should().Be(2);
    }

    [Fact]
    public void Fit_CancelledByACallback_EndsAfterTheIteration()
    {
        using var stop = new CancellationTokenSource();
        var callback = new Callback((_, progress) => { if (progress.Iteration == 3) { stop.Cancel(); } });

        var result = _gan.Fit(_batches, new FitOptions { Iterations = 100, Callbacks = [callback] }, stop.Token);

        result.Should().BeEquivalentTo(new { Reason = StopReason.Cancelled, Iterations = 3L });
        callback.Result.Should().BeSameAs(result);
    }

    [Fact]
    public void Fit_TimeLimit_EndsAfterTheFirstIterationBeyondIt()
    {
        var wait = new Callback((_, _) => Thread.Sleep(20));

        var result = _gan.Fit(_batches, new FitOptions { TimeLimit = TimeSpan.FromMilliseconds(1), Callbacks = [wait] });

        result.Should().BeEquivalentTo(new { Reason = StopReason.TimeLimit, Iterations = 1L });
    }

    [Fact]
    public void Fit_Callbacks_AreCalledAtTheirIntervalWithTheNumbers()
    {
        var seen = new List<TrainingProgress>();
        var callback = new Callback((gan, progress) => { seen.Add(progress); gan.Sample(2).Dispose(); }) { Interval = 4 };

        _gan.Fit(_batches, new FitOptions { Iterations = 9, Callbacks = [callback] });

        seen.Select(progress => progress.Iteration).Should().Equal(4, 8);
        seen[1].Should().BeEquivalentTo(new { TotalIterations = 9L, SamplesSeen = 64L, DiscriminatorLearningRate = 1e-2, GeneratorLearningRate = 1e-2 });
        seen[1].Step.Iteration.Should().Be(8);
        seen[1].IterationsPerSecond.Should().BePositive();
        seen[1].Remaining.Should().BePositive();
        callback.Started.Should().BeTrue();
    }

    [Fact]
    public void Fit_LossNotFinite_StopsAndSaysWhere()
    {
        using var poison = full([8, 6], float.NaN);
        Batch[] batches = [_real.narrow(0, 0, 8), _real.narrow(0, 8, 8), poison, poison];

        var result = _gan.Fit(batches, new FitOptions());

        result.Reason.Should().Be(StopReason.Diverged);
        result.Iterations.Should().Be(3);
        result.Message.Should().Be(
            "At iteration 3 the discriminator's loss is NaN. The data are the cause: 48 of the 48 numbers of the real batch are not finite, the first in "
            + "sample 0, counted from 0. There is no checkpoint to go back to; FitOptions.Checkpoints has them written. Mend the data.");
        result.Diagnoses.Should().Equal(new Diagnosis(DiagnosisKind.Diverged, 3, result.Message!));
    }

    [Fact]
    public void Fit_Doctor_ChangesNoBit()
    {
        using var generator = Copy(_generator, Toy.Generator());
        using var discriminator = Copy(_discriminator, Toy.Discriminator());
        using var watched = Toy.Builder(generator, discriminator).Build();
        using var batches = Batches.FromTensor(_real, 8);
        watched.Fit(batches, new FitOptions { Iterations = 505 });

        _gan.Fit(_batches, new FitOptions { Iterations = 505, Doctor = false });

        Snapshot.Of(_generator).Should().Be(Snapshot.Of(generator));
        using var samples = _gan.Sample(2);
        using var others = watched.Sample(2);
        samples.Equals(others).Should().BeTrue();
    }

    private IEnumerable<Batch> MakeAndDispose(int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var made = _real.narrow(0, i, 8).clone();
            yield return made;
        }
    }

    private static Sequential Copy(Sequential from, Sequential to)
    {
        to.load_state_dict(from.state_dict());
        return to;
    }
}
