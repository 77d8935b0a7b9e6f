using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

public sealed class AdversarialSystemTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly string _root = Directory.CreateTempSubdirectory("adversarialkit-").FullName;

    public void Dispose()
    {
        _scope.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void Run_EachStep_LeavesWhatItDoesNotTrainTheSameToTheLastByte()
    {
        using var pair = new CyclePair();
        for (var i = 0; i < 4; i++)
        {
            Moved(pair, () => pair.System.Run("generators", CyclePair.Batch(i))).Should().Equal("to-b", "to-a");
            Moved(pair, () => pair.System.Run("on-a", CyclePair.Batch(i))).Should().Equal("on-a");
            Moved(pair, () => pair.System.Run("on-b", CyclePair.Batch(i))).Should().Equal("on-b");
            pair.System.CompleteIteration(4);
        }
    }

    [Fact]
    public void Run_ObjectiveThatThrowsInTheMiddle_LeavesTheOthersAndAllSettings()
    {
        var explodes = false;
        using var pair = new CyclePair(inGenerators: _ =>
        {
            if (explodes)
            {
                throw new InvalidOperationException("in the middle");
            }
        });
        pair.System.TrainStep(CyclePair.Batch(0));
        pair.OnA.eval();
        explodes = true;

        var moved = Moved(pair, () => FluentActions.Invoking(() => pair.System.TrainStep(CyclePair.Batch(1))).Should().Throw<InvalidOperationException>().WithMessage("in the middle"));

        moved.Should().OnlyContain(name => name.StartsWith("to-"), "buffers of trained networks move in a forward pass");
        pair.OnA.training.Should().BeFalse();
        pair.OnB.training.Should().BeTrue();
        pair.System.Networks.Should().HaveCount(4);
        pair.OnA.parameters().Should().OnlyContain(parameter => parameter.requires_grad);
        pair.System.Iteration.Should().Be(1);
    }

    [Fact]
    public void Run_AfterOneThatThrew_SharesWhatItMadeItself()
    {
        var explodes = false;
        using var pair = new CyclePair(inGenerators: _ =>
        {
            if (explodes)
            {
                throw new InvalidOperationException("in the middle");
            }
        });
        explodes = true;
        FluentActions.Invoking(() => pair.System.Run("generators", CyclePair.Batch(0))).Should().Throw<InvalidOperationException>().WithMessage("in the middle");
        explodes = false;

        pair.System.Run("generators", CyclePair.Batch(1, count: 3));
        pair.System.Run("on-a", CyclePair.Batch(1, count: 3));

        pair.PastA.Count.Should().Be(3, "the fakes of the step that threw are gone with it");
    }

    [Fact]
    public void TrainStep_FlagsSetAfterBuild_HaveNoSay()
    {
        using var plain = new CyclePair();
        using var flagged = new CyclePair();
        foreach (var parameter in flagged.ToA.parameters().Concat(flagged.OnB.parameters()))
        {
            parameter.requires_grad = false;
        }

        Train(plain, 0, 3);
        Train(flagged, 0, 3);

        flagged.Fingerprint.Should().Be(plain.Fingerprint);
        flagged.ToA.parameters().Should().OnlyContain(parameter => !parameter.requires_grad);
    }

    [Fact]
    public void TrainStep_Numbers_HaveTheTermsThatWereDue()
    {
        using var pair = new CyclePair();

        var first = pair.System.TrainStep(CyclePair.Batch(0));
        var second = pair.System.TrainStep(CyclePair.Batch(1));

        first["generators"].Names.Should().Equal("adversarial", "cycle", "size");
        second["generators"].Names.Should().Equal("adversarial", "cycle");
        double.IsNaN(second["generators"]["size"]).Should().BeTrue();
        first["on-a"].Has("r1").Should().BeTrue();
        second["on-a"].Has("r1").Should().BeFalse();
        var generators = first["generators"];
        generators.Loss.Should().BeApproximately(generators["adversarial"] + (10 * generators["cycle"]) + (0.3 * generators["size"]), 1e-5);
        generators.GradientNorm.Should().BeGreaterThan(0);
        second.Iteration.Should().Be(2);
    }

    [Fact]
    public void LoadCheckpoint_InANewSystem_GoesOnBitForBit()
    {
        using var unbroken = new CyclePair();
        Train(unbroken, 0, 5);
        random.manual_seed(77);
        using var first = new CyclePair();
        Train(first, 0, 3);
        first.System.SaveCheckpoint(_root);
        using var second = new CyclePair(seed: 9);
        second.System.LoadCheckpoint(_root);

        Train(second, 3, 5, reseed: false);

        second.System.Iteration.Should().Be(5);
        second.Fingerprint.Should().Be(unbroken.Fingerprint);
        using var expected = unbroken.System.Sample(3);
        using var sampled = second.System.Sample(3);
        sampled.Equals(expected).Should().BeTrue();
        Enumerable.Range(0, unbroken.PastA.Count).Should().OnlyContain(slot => second.PastA.Copy(slot).Equals(unbroken.PastA.Copy(slot)));
    }

    [Fact]
    public void LoadCheckpoint_OfAnotherSystem_ListsTheDifferencesAndChangesNothing()
    {
        using var pair = new CyclePair();
        Train(pair, 0, 2);
        pair.System.SaveCheckpoint(_root);
        using var generator = nn.Sequential(nn.Linear(CyclePair.Size, CyclePair.Size));
        using var other = new AdversarialSystemBuilder()
            .WithNetwork("to-b", generator)
            .WithTensor("a", CyclePair.Size)
            .WithStep("generators", step => step.Trains(generator).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => c.Add("size", c.Forward(generator, c["a"]).square().mean())))
            .Build();
        var before = other.Networks[0].Fingerprint();

        var load = () => other.LoadCheckpoint(_root);

        load.Should().Throw<CheckpointException>().WithMessage("*does not fit what was built*'network'*'step'*");
        other.Networks[0].Fingerprint().Should().Be(before);
    }

    [Fact]
    public void Fit_WithCheckpointsAndACallback_RunsToItsEnd()
    {
        using var pair = new CyclePair();
        var heard = new Heard();
        var batches = Enumerable.Range(0, 100).Select(i => CyclePair.Batch(i));

        var result = pair.System.Fit(batches, new FitOptions
        {
            Iterations = 12,
            Callbacks = [heard],
            Checkpoints = new CheckpointOptions { Directory = _root, Interval = 5 },
        });

        result.Reason.Should().Be(StopReason.Completed);
        result.LastResult!["on-b"].Loss.Should().Be(heard.Last!.Result!["on-b"].Loss);
        heard.Last.LearningRates.Keys.Should().Equal("generators", "on-a", "on-b");
        heard.Calls.Should().Be(12);
        result.Checkpoint.Should().EndWith("iteration-000000000012");
    }

    [Fact]
    public void Fit_CallbackForGansOnly_IsRefused()
    {
        using var pair = new CyclePair();

        var fit = () => pair.System.Fit([CyclePair.Batch(0)], new FitOptions { Iterations = 1, Callbacks = [new ForGans()] });

        fit.Should().Throw<ArgumentException>().WithMessage(
            "The callback ForGans follows GANs only, and this is another system. Implement ISystemCallback, which follows both. (Parameter 'options')");
    }

    [Fact]
    public void Fit_LossThatIsNotFinite_EndsTheRunWithTheStepsName()
    {
        var broken = false;
        using var pair = new CyclePair(inGenerators: c => c.Add("broken", c["a"].mean() * (broken ? double.NaN : 0)));
        broken = true;

        var result = pair.System.Fit(Enumerable.Range(0, 5).Select(i => CyclePair.Batch(i)), new FitOptions { Iterations = 5 });

        result.Reason.Should().Be(StopReason.Diverged);
        result.Message.Should().StartWith("At iteration 1 the loss of the step 'generators' is NaN.");
    }

    [Fact]
    public void TrainStep_ManyIterations_KeepsTheLiveTensorsFlat()
    {
        using var pair = new CyclePair();
        using var batch = NewDisposeScope();
        var step = CyclePair.Batch(0);
        for (var i = 0; i < 50; i++)
        {
            pair.System.TrainStep(step);
        }

        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10_000; i++)
        {
            pair.System.TrainStep(step);
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    [Fact]
    public void Describe_Steps_SaysWhatEachTrainsAndSees()
    {
        using var pair = new CyclePair();

        pair.System.Describe().Should().Contain("generators; trains to-b, to-a; sees on-a, on-b; optimizer Adam").And.Contain("on-a; trains on-a; optimizer");
    }

    [Fact]
    public void GradientAccumulation_WithoutBatchStatistics_GivesTheWholeBatchsStep()
    {
        Trained(parts: 3).Should().BeApproximately(Trained(parts: 1), 1e-6);
    }

    [Fact]
    public void GradientAccumulation_WhatAnEarlierStepShared_IsPartedWithTheBatch()
    {
        var seen = new List<(long Count, long Shared)>();
        var (generator, critic) = (nn.Linear(2, 3), nn.Linear(3, 1));
        var leCam = Penalty.LeCam();
        using var system = new AdversarialSystemBuilder()
            .WithNetwork("generator", generator).WithNetwork("critic", critic).WithTensor("x", 3).WithTensor("z", 2).WithGradientAccumulation(2)
            .WithStep("draw", step => step.Trains(generator).WithOptimizer(Optimizers.Adam()).Minimizes(c =>
            {
                var made = c.Forward(generator, c["z"]);
                c.Share("fake", made);
                c.Add("size", made.square().mean());
            }))
            .WithStep("judge", step => step.Trains(critic).WithOptimizer(Optimizers.Adam()).Minimizes(c =>
            {
                seen.Add((c.Count, c["fake"].shape[0]));
                c.Add("difference", (c.Forward(critic, c["x"]) - c.Forward(critic, c["fake"])).mean());
                c.AddPenalty("lecam", leCam, x => c.Forward(critic, x), c["x"], c["fake"], weight: 1);
            }))
            .WithPiece("lecam", (IStateful)leCam)
            .Build();
        var before = ((IStateful)leCam).GetState()["updates"].item<long>();
        seen.Clear();

        system.TrainStep(Batch.Of(("x", ones(8, 3)), ("z", ones(8, 2))));
        system.TrainStep(Batch.Of(("x", ones(8, 3)), ("z", ones(8, 2))));

        seen.Should().Equal((4, 4), (4, 4), (4, 4), (4, 4));
        (((IStateful)leCam).GetState()["updates"].item<long>() - before).Should().Be(2);
    }

    [Fact]
    public void TrainStep_WrongBatch_SaysWhatIsMissing()
    {
        using var pair = new CyclePair();
        var fingerprint = pair.Fingerprint;

        FluentActions.Invoking(() => pair.System.TrainStep(Batch.Of(("a", zeros(4, 6)))))
            .Should().Throw<ArgumentException>().WithMessage("The batch has no tensor 'b' [N, 6]. Make it with Batch.Of((\"b\", tensor), ...). (Parameter 'batch')");
        FluentActions.Invoking(() => pair.System.TrainStep(Batch.Of(("a", zeros(4, 6)), ("b", zeros(3, 6)))))
            .Should().Throw<ArgumentException>().WithMessage("The tensor 'b' of the batch has 3 samples and 'a' has 4; all must have equally many. (Parameter 'batch')");
        FluentActions.Invoking(() => pair.System.TrainStep(Batch.Of(("a", zeros(4, 5)), ("b", zeros(4, 6, dtype: ScalarType.Float64)))))
            .Should().Throw<ArgumentException>().WithMessage("The tensor 'a' of the batch has the shape [4, 5], but was declared as 'a' [N, 6].*The tensor 'b' of the batch is of type Float64*");
        pair.Fingerprint.Should().Be(fingerprint);
    }

    private static double Trained(int parts)
    {
        random.manual_seed(1);
        using var network = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1));
        using var system = new AdversarialSystemBuilder()
            .WithNetwork("network", network).WithTensor("x", 3).WithGradientAccumulation(parts)
            .WithStep("fit", step => step.Trains(network).WithOptimizer(p => optim.SGD(p, 0.1)).Minimizes(c => c.Add("error", (c.Forward(network, c["x"]) - 1).square().mean())))
            .Build();
        using var random0 = new Generator(2);
        for (var i = 0; i < 5; i++)
        {
            system.TrainStep(Batch.Of(("x", randn(10, 3, generator: random0))));
        }

        return network.parameters().Sum(parameter => parameter.detach().sum().ToDouble());
    }

    private static void Train(CyclePair pair, int from, int to, bool reseed = true)
    {
        if (reseed)
        {
            random.manual_seed(8);
        }

        for (var i = from; i < to; i++)
        {
            pair.System.TrainStep(CyclePair.Batch(i));
        }
    }

    private static List<string> Moved(CyclePair pair, Action action)
    {
        var names = new[] { "to-b", "to-a", "on-a", "on-b" };
        var before = pair.System.Networks.Select(network => network.Fingerprint()).ToList();
        action();
        return names.Where((_, i) => pair.System.Networks[i].Fingerprint() != before[i]).ToList();
    }

    private sealed class Heard : ISystemCallback
    {
        public int Calls { get; private set; }

        public TrainingProgress? Last { get; private set; }

        public void OnProgress(AdversarialSystem system, TrainingProgress progress)
        {
            Calls++;
            Last = progress;
        }
    }

    private sealed class ForGans : ITrainingCallback
    {
        public void OnProgress(Gan gan, TrainingProgress progress)
        {
        }
    }
}
