namespace AdversarialKit.Tests.Distributed;

/// <summary>n ranks with batches of b give what one process gives with batches of n b.</summary>
public sealed class OneLargeBatchTests
{
    private static readonly Dictionary<string, Func<GanBuilder, GanBuilder>> Cases = new()
    {
        ["non-saturating"] = b => b,
        ["minimax"] = b => b.WithLoss(AdversarialLoss.Minimax()),
        ["hinge"] = b => b.WithLoss(AdversarialLoss.Hinge()),
        ["least squares"] = b => b.WithLoss(AdversarialLoss.LeastSquares()),
        ["wasserstein, clipped weights"] = b => b.WithLoss(AdversarialLoss.Wasserstein()).WithWeightClipping(0.3).WithDiscriminatorSteps(2),
        ["boundary seeking"] = b => b.WithLoss(AdversarialLoss.BoundarySeeking()),
        ["energies"] = b => b.WithLoss(AdversarialLoss.EnergyBased(1)),
        ["boundary equilibrium"] = b => b.WithLoss(AdversarialLoss.BoundaryEquilibrium(rate: 0.5)),
        ["relativistic average"] = b => b.WithLoss(AdversarialLoss.RelativisticAverage()),
        ["softmax"] = b => b.WithLoss(AdversarialLoss.Softmax()),
        ["relativistic paired"] = b => b.WithLoss(AdversarialLoss.RelativisticPaired()),
        ["separate updates"] = b => b.WithDiscriminatorUpdate(DiscriminatorUpdate.Separate),
        ["fakes in inference mode"] = b => b.WithFakes(FakeMode.Inference),
        ["shared fakes"] = b => b.WithFakes(FakeMode.Shared),
        ["two parts of the batch"] = b => b.WithGradientAccumulation(2),
        ["clipped gradients"] = b => b.WithGradientClipping(Clip.Norm(0.05)),
        ["average by samples"] = b => b.WithGeneratorAverage(Ema.HalfLife(20)),
        ["R1"] = b => b.WithPenalty(Penalty.R1(), 0.7),
        ["lazy R1 and R2"] = b => b.WithPenalty(Penalty.R1(), 0.7, interval: 2).WithPenalty(Penalty.R2(), 0.3),
        ["LeCam"] = b => b.WithPenalty(Penalty.LeCam(0.5), 0.7),
        ["gradient penalty"] = b => b.WithLoss(AdversarialLoss.Wasserstein()).WithPenalty(Penalty.GradientNorm(c => (c.Real * 0.3) + (c.Fake * 0.7)), 10),
    };

    // Where a loss or layer takes statistics over the batch they are those of all ranks.
    private static readonly HashSet<string> WithoutNorm = ["R1", "lazy R1 and R2", "gradient penalty", "two parts of the batch"];

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> NamesWithNorm => [.. Cases.Keys.Except(WithoutNorm)];

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainStep_OnTwoRanks_GivesTheNumbersOfTheWholeBatch(string name)
    {
        var (alone, ranks) = WholeBatch.Compare(Cases[name], 2);

        ShouldBeAlike(alone, ranks);
    }

    [Theory]
    [MemberData(nameof(NamesWithNorm))]
    public void TrainStep_OnFourRanksWithSynchronizedNorm_GivesTheNumbersOfTheWholeBatch(string name)
    {
        var (alone, ranks) = WholeBatch.Compare(Cases[name], 4, withNorm: true);

        ShouldBeAlike(alone, ranks);
    }

    [Fact]
    public void TrainStep_OnOneRank_GivesTheBitsOfOneProcess()
    {
        var alone = WholeBatch.Train(b => b.WithPenalty(Penalty.LeCam(0.5), 0.7), null, withNorm: true);

        var rank = ThreadRanks.Run(1, collective => WholeBatch.Train(b => b.WithPenalty(Penalty.LeCam(0.5), 0.7), collective, withNorm: true));

        rank[0].Should().Equal(alone);
    }

    private static void ShouldBeAlike(List<double> alone, List<double>[] ranks)
    {
        foreach (var rank in ranks)
        {
            rank.Should().HaveCount(alone.Count);
            rank.Should().Equal(ranks[0], "all ranks hold the same bits");
            for (var i = 0; i < alone.Count; i++)
            {
                var isAlike = double.IsNaN(alone[i]) ? double.IsNaN(rank[i]) : Math.Abs(rank[i] - alone[i]) <= 1e-11 * Math.Max(1, Math.Abs(alone[i]));
                isAlike.Should().BeTrue("number {0} of {1} is {2} on a rank and {3} alone", i, alone.Count, rank[i], alone[i]);
            }
        }
    }
}
