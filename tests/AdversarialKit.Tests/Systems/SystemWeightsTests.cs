using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>Weights of another run, by name and partly, with a list of what was not taken; and other rates without losing moments.</summary>
public sealed class SystemWeightsTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly CheckpointFolder _folder = new();
    private readonly CyclePair _trained = new();

    public SystemWeightsTests()
    {
        SystemProcess.Train(_trained, new CycleBatches(), 3);
        _trained.System.SaveCheckpoint(_folder.Path);
    }

    public void Dispose()
    {
        _trained.Dispose();
        _folder.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void LoadWeights_OfTheSameNetworks_TakesAllOfThemAndNothingElse()
    {
        using var fresh = new CyclePair(seed: 9);

        var report = fresh.System.LoadWeights(_folder.Path);

        report.IsComplete.Should().BeTrue();
        report.Loaded.Should().Contain(["to-b/0.weight", "on-b/0.weight_u", "to-a/1.running_mean"], "buffers are taken too");
        fresh.Fingerprint.Should().Be(_trained.Fingerprint);
        fresh.System.Iteration.Should().Be(0);
        fresh.PastA.Count.Should().Be(0);
        using var average = fresh.System.Infer(() => fresh.ToB.call(ones(1, CyclePair.Size)));
        fresh.ToB.eval();
        average.Equals(fresh.ToB.call(ones(1, CyclePair.Size))).Should().BeTrue("the average begins anew from what was taken");
    }

    [Fact]
    public void LoadWeights_OfAnEarlierStage_ListsWhatWasNotTaken()
    {
        using var stage = new Stage();

        var report = stage.System.LoadWeights(_folder.Path, partial: true);

        report.Loaded.Should().BeEquivalentTo("to-b/0.weight", "to-b/0.bias");
        report.Missing.Should().BeEquivalentTo("to-b/new.weight", "to-b/new.bias");
        report.Mismatched.Should().Equal("'to-b/4.weight' is F32 [6, 12] in the file and F32 [5, 12] in the module.", "'to-b/4.bias' is F32 [6] in the file and F32 [5] in the module.");
        report.Surplus.Should().Contain(["to-b/1.weight", "on-a/3.bias"]).And.NotContain(name => name.StartsWith("average") || name.StartsWith("optimizer"));
        stage.Network.state_dict()["0.weight"].Equals(_trained.ToB.state_dict()["0.weight"]).Should().BeTrue();
    }

    [Fact]
    public void LoadWeights_ThatDoNotFit_ListsAllAndTouchesNothing()
    {
        using var stage = new Stage();
        var before = Snapshot.Of(stage.Network);

        var load = () => stage.System.LoadWeights(_folder.Path);

        load.Should().Throw<CheckpointException>().WithMessage(
            "*iteration-000000000003': The checkpoint does not fit the networks, and nothing was loaded from it:*" +
            "- 'to-b/4.weight' is F32 [6, 12] in the file and F32 [5, 12] in the module.*- 'to-b/new.weight' is missing in the file.*- 'on-a/3.bias' is in the file and not in the module.*");
        Snapshot.Of(stage.Network).Should().Be(before);
    }

    [Fact]
    public void LoadWeights_Renamed_TakesAnAverageIntoAnotherNetwork()
    {
        using var stage = new Stage();

        var report = stage.System.LoadWeights(_folder.Path, name => name is "average-to-a/0.weight" ? "to-b/0.weight" : null, partial: true);

        report.Loaded.Should().Equal("to-b/0.weight");
        report.Surplus.Should().BeEmpty();
        var saved = Safetensors.Load(Path.Combine(_folder["iteration-000000000003"], "average-to-a.safetensors"));
        stage.Network.state_dict()["0.weight"].Equals(saved["0.weight"]).Should().BeTrue();
    }

    [Fact]
    public void LoadWeights_TwoOfOneName_IsRefused()
    {
        using var stage = new Stage();

        var load = () => stage.System.LoadWeights(_folder.Path, name => name.EndsWith("/0.weight", StringComparison.Ordinal) ? "to-b/0.weight" : null, partial: true);

        load.Should().Throw<ArgumentException>().WithMessage("Both 'average-to-a/0.weight' and 'average-to-b/0.weight' are renamed to 'to-b/0.weight'; *");
    }

    [Fact]
    public void LoadWeights_OfAGan_TakesThem()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(1, new CheckpointOptions { Directory = _folder["gan"] });
        using var other = new RichGan(Sampling.Shuffled, seed: 3, also: builder => builder.WithGradientClipping(Clip.Norm(1)));

        other.Gan.LoadWeights(_folder["gan"]).IsComplete.Should().BeTrue();

        other.DigestOfNetworks().Should().Be(rich.DigestOfNetworks());
    }

    [Fact]
    public void ScaleLearningRates_AfterResume_LowersThemForGoodAndKeepsMoments()
    {
        using var resumed = new CyclePair(seed: 9);
        resumed.System.LoadCheckpoint(_folder.Path);

        resumed.System.ScaleLearningRates(0.1, "generators");

        var again = resumed.System.SaveCheckpoint(_folder["again"]);
        using var later = new CyclePair(seed: 10);
        later.System.LoadCheckpoint(again);
        var log = new NumbersLog();
        SystemProcess.Train(later, new CycleBatches(), 4, log);
        var moments = Safetensors.Load(Path.Combine(again, "optimizer-generators.safetensors"));
        var before = Safetensors.Load(Path.Combine(_folder["iteration-000000000003"], "optimizer-generators.safetensors"));
        before.Keys.Where(name => name.StartsWith("exp_avg", StringComparison.Ordinal)).Should().NotBeEmpty().And.OnlyContain(name => moments[name].Equals(before[name]));
        CurrentRate.Of(later.System.Steps[0].Optimizer).Should().BeApproximately(1e-3 * 0.97, 1e-12, "the schedule goes on from the lower rate");
        CurrentRate.Of(later.System.Steps[1].Optimizer).Should().BeApproximately(1e-2 * 77 / 80, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ScaleLearningRates_FactorThatIsNone_IsRefused(double factor)
    {
        FluentActions.Invoking(() => _trained.System.ScaleLearningRates(factor)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("Learning rates are multiplied by a finite number above 0. (Parameter 'factor')*");
    }

    [Fact]
    public void ScaleLearningRates_UnknownStep_NamesThoseThereAre()
    {
        FluentActions.Invoking(() => _trained.System.ScaleLearningRates(0.5, "on-a", "other")).Should().Throw<ArgumentException>()
            .WithMessage("There is no step 'other'; there are 'generators', 'on-a', 'on-b'.*");
        CurrentRate.Of(_trained.System.Steps[1].Optimizer).Should().BeApproximately(1e-2 * 78 / 80, 1e-12);
    }

    /// <summary>A larger network than that of before: a layer is new, one has another size.</summary>
    private sealed class Stage : IDisposable
    {
        public Stage()
        {
            Network = nn.Sequential(("0", nn.Linear(CyclePair.Size, 12)), ("new", nn.Linear(12, 12)), ("4", nn.Linear(12, 5)));
            System = new AdversarialSystemBuilder().WithNetwork("to-b", Network).WithTensor("x", CyclePair.Size)
                .WithStep("fit", step => step.Trains(Network).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => c.Add("size", c.Forward(Network, c["x"]).square().mean())))
                .Build();
        }

        public Sequential Network { get; }

        public AdversarialSystem System { get; }

        public void Dispose()
        {
            System.Dispose();
            Network.Dispose();
        }
    }
}
