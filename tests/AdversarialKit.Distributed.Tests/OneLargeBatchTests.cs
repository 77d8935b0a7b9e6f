using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>n ranks with batches of b give what one process gives with batches of n b.</summary>
public sealed class OneLargeBatchTests
{
    // Every loss, penalty and term of the library that draws nothing; RandomPenaltyTests has those that draw.
    private static readonly Dictionary<string, Func<WholeBatch>> Cases = new()
    {
        ["non-saturating"] = () => With(b => b),
        ["non-saturating, smoothed"] = () => With(b => b.WithLoss(AdversarialLoss.NonSaturating(realTarget: 0.9))),
        ["minimax"] = () => With(b => b.WithLoss(AdversarialLoss.Minimax())),
        ["hinge"] = () => With(b => b.WithLoss(AdversarialLoss.Hinge())),
        ["least squares"] = () => With(b => b.WithLoss(AdversarialLoss.LeastSquares())),
        ["least squares, Pearson"] = () => With(b => b.WithLoss(AdversarialLoss.LeastSquares(-1, 1, 0))),
        ["wasserstein, clipped weights"] = () => With(b => b.WithLoss(AdversarialLoss.Wasserstein()).WithWeightClipping(0.3).WithDiscriminatorSteps(2)),
        ["boundary seeking"] = () => With(b => b.WithLoss(AdversarialLoss.BoundarySeeking())),
        ["energies"] = () => With(b => b.WithLoss(AdversarialLoss.EnergyBased(1))),
        ["boundary equilibrium"] = () => With(b => b.WithLoss(AdversarialLoss.BoundaryEquilibrium(rate: 0.5))),
        ["relativistic average"] = () => With(b => b.WithLoss(AdversarialLoss.RelativisticAverage())),
        ["softmax"] = () => With(b => b.WithLoss(AdversarialLoss.Softmax())),
        ["relativistic paired"] = () => With(b => b.WithLoss(AdversarialLoss.RelativisticPaired())),
        ["separate updates"] = () => With(b => b.WithDiscriminatorUpdate(DiscriminatorUpdate.Separate)),
        ["fakes in inference mode"] = () => With(b => b.WithFakes(FakeMode.Inference)),
        ["shared fakes"] = () => With(b => b.WithFakes(FakeMode.Shared)),
        ["clipped gradients"] = () => With(b => b.WithGradientClipping(Clip.Norm(0.05))),
        ["average by samples"] = () => With(b => b.WithGeneratorAverage(Ema.HalfLife(20))),
        ["LeCam"] = () => With(b => b.WithPenalty(Penalty.LeCam(0.5), 0.7)),
    };

    // Those that look at single samples, or at networks of their own.
    private static readonly Dictionary<string, Func<WholeBatch>> CasesWithoutNorm = new()
    {
        ["R1"] = () => With(b => b.WithPenalty(Penalty.R1(), 0.7)),
        ["R2"] = () => With(b => b.WithPenalty(Penalty.R2(), 0.7)),
        ["lazy R1 and R2"] = () => With(b => b.WithPenalty(Penalty.R1(), 0.7, interval: 2).WithPenalty(Penalty.R2(), 0.3)),
        ["gradient penalty"] = () => With(b => b.WithLoss(AdversarialLoss.Wasserstein()).WithPenalty(Penalty.GradientNorm(c => (c.Real * 0.3) + (c.Fake * 0.7)), 10)),
        ["one-sided gradient penalty"] = () => With(b => b.WithLoss(AdversarialLoss.Wasserstein()).WithPenalty(Penalty.GradientNorm(c => c.Real, target: 0.2, oneSided: true), 10)),
        ["two parts of the batch"] = () => With(b => b.WithGradientAccumulation(2)),
        ["parts of different sizes"] = () => With(b => b.WithPenalty(Penalty.R1(), 0.7)) with { Parts = [5, 3] },
        ["probabilities"] = () => With(b => b.WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities())) with { Networks = () => BatchNetworks.OfProbabilities() },
        ["labels"] = () => With(b => b) with { Networks = BatchNetworks.OfLabels, HasLabels = true },
        ["multi-class hinge"] = () => With(b => b.WithLoss(AdversarialLoss.MultiClassHinge())) with { Networks = BatchNetworks.OfClassOutputs, HasLabels = true },
        ["classifier"] = () => With(b => b.WithClassifier(0.5)) with { Networks = BatchNetworks.OfTwoHeads, HasLabels = true },
        ["feature matching"] = () => With(b => b.WithGeneratorTerm("features", GeneratorTerm.FeatureMatching(), 2)) with { Networks = BatchNetworks.OfFeatures },
        ["mode seeking"] = () => With(b => b.WithGeneratorTerm("modes", GeneratorTerm.ModeSeeking(), 2)) with { FurtherLatents = 1 },
        ["L1"] = () => With(b => b.WithGeneratorTerm("L1", GeneratorTerm.L1(), 2)),
        ["content"] = () => With(b => b.WithGeneratorTerm("content", GeneratorTerm.Content(Frozen()), 2)),
        ["adaptive augmentation"] = Adaptive,
    };

    public static TheoryData<string> Names => [.. Cases.Keys, .. CasesWithoutNorm.Keys];

    public static TheoryData<string> NamesWithNorm => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void TrainStep_OnTwoRanks_GivesTheNumbersOfTheWholeBatch(string name)
    {
        var (alone, ranks) = WholeBatch.Compare(Cases.GetValueOrDefault(name) ?? CasesWithoutNorm[name], 2);

        LargeBatch.ShouldBeAlike(alone, ranks);
    }

    // Where a loss or layer takes statistics over the batch they are those of all ranks.
    [Theory]
    [MemberData(nameof(NamesWithNorm))]
    public void TrainStep_OnFourRanksWithSynchronizedNorm_GivesTheNumbersOfTheWholeBatch(string name)
    {
        var (alone, ranks) = WholeBatch.Compare(() => Cases[name]() with { Networks = () => BatchNetworks.Plain(withNorm: true) }, 4);

        LargeBatch.ShouldBeAlike(alone, ranks);
    }

    // Without running statistics fakes in inference mode take those of the batch of all ranks, too.
    [Theory]
    [InlineData(FakeMode.Inference)]
    [InlineData(FakeMode.Shared)]
    public void TrainStep_WithSynchronizedNormWithoutRunningStatistics_GivesTheNumbersOfTheWholeBatch(FakeMode fakes)
    {
        var (alone, ranks) = WholeBatch.Compare(() => With(b => b.WithFakes(fakes)) with { Networks = () => BatchNetworks.Plain(withNorm: true, tracks: false) }, 2);

        LargeBatch.ShouldBeAlike(alone, ranks);
    }

    [Fact]
    public void TrainStep_OnProbabilitiesWithSynchronizedNorm_GivesTheNumbersOfTheWholeBatch()
    {
        var (alone, ranks) = WholeBatch.Compare(
            () => With(b => b.WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities())) with { Networks = () => BatchNetworks.OfProbabilities(withNorm: true) }, 4);

        LargeBatch.ShouldBeAlike(alone, ranks);
    }

    // Penalties on the batch's own gradient go twice backward through the statistics of all ranks.
    [Theory]
    [InlineData(InputGradients.Real, 2)]
    [InlineData(InputGradients.Fake, 2)]
    [InlineData(InputGradients.Real | InputGradients.Fake, 4)]
    [InlineData(InputGradients.None, 4)]
    public void TrainStep_WithAPenaltyThroughSynchronizedNorm_GivesTheNumbersOfTheWholeBatch(InputGradients at, int ranks)
    {
        var (alone, parts) = WholeBatch.Compare(
            () => With(b => b.WithPenalty(new BatchGradientPenalty(at), 0.7)) with { Networks = () => BatchNetworks.Plain(withNorm: true) }, ranks);

        LargeBatch.ShouldBeAlike(alone, parts);
    }

    [Fact]
    public void TrainStep_OnOneRank_GivesTheBitsOfOneProcess()
    {
        static WholeBatch Case() => With(b => b.WithPenalty(Penalty.LeCam(0.5), 0.7)) with { Networks = () => BatchNetworks.Plain(withNorm: true) };
        var alone = Case().Train(null);

        var rank = ThreadRanks.Run(1, collective => Case().Train(collective));

        rank[0].Should().Equal(alone);
    }

    private static WholeBatch With(Func<GanBuilder, GanBuilder> configure) => new(configure);

    // The probability moves when all is done, so that no draw has come of it.
    private static WholeBatch Adaptive()
    {
        var augmentation = Augmentation.Adaptive(DiffAugmentPolicy.Brightness, target: -1, interval: WholeBatch.Iterations, rampImages: 100);
        return With(b => b.WithAugmentation(augmentation)) with
        {
            Networks = BatchNetworks.OfImages,
            SampleShape = [1, 2, 3],
            Further = () => augmentation.Probability > 0 ? augmentation.Probability : throw new InvalidOperationException("It did not move."),
        };
    }

    private static nn.Module<Tensor, Tensor> Frozen()
    {
        var network = nn.Linear(WholeBatch.Width, 2, dtype: ScalarType.Float64);
        using var noGraph = no_grad();
        using var random = new Generator(9);
        network.weight.normal_(0, 1, random);
        network.bias!.zero_();
        return network;
    }

    /// <summary>The mean square of the gradient of all outputs together: nothing in it belongs to one sample.</summary>
    private sealed class BatchGradientPenalty(InputGradients at) : IDiscriminatorPenalty
    {
        public InputGradients Needs => at;

        public Tensor Compute(PenaltyContext context)
        {
            using var scope = NewDisposeScope();
            List<Tensor> gradients = at == InputGradients.None ? [context.GradientAt((context.Real * 0.3) + (context.Fake * 0.7))] : [];
            gradients.AddRange(at.HasFlag(InputGradients.Real) ? [context.RealGradient] : []);
            gradients.AddRange(at.HasFlag(InputGradients.Fake) ? [context.FakeGradient] : []);
            return cat(gradients).square().sum(1).add(1).sqrt().mean().MoveToOuterDisposeScope();
        }
    }
}
