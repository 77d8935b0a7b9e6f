using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Penalties that draw where they look: on ranks, the mean of what each draws, around statistics of the whole batch.</summary>
public sealed class RandomPenaltyTests
{
    private const int Part = 5;
    private const int Width = 3;
    private const double Noise = 0.5;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Dragan_OnRanks_LooksAsFarAwayAsTheWholeBatchIsWide(int ranks)
    {
        using var scope = NewDisposeScope();
        var real = Batch(1, ranks);
        var deviation = real.std(unbiased: false);

        var values = ThreadRanks.Run(ranks, collective => Value(Penalty.Dragan(Noise), collective, real, real));

        for (var rank = 0; rank < ranks; rank++)
        {
            var (own, random) = (OfRank(real, rank), new Generator(Seed(rank)));
            var offset = deviation * Noise * rand(Part, Width, dtype: ScalarType.Float64, generator: random);
            var share = rand(Part, 1, dtype: ScalarType.Float64, generator: random);
            values[rank].Should().BeApproximately(Expected(own + (share * offset)), 1e-12);
        }
    }

    [Fact]
    public void WganGp_OnRanks_LooksBetweenEachRanksSamples()
    {
        using var scope = NewDisposeScope();
        var (real, fake) = (Batch(1, 2), Batch(2, 2));

        var values = ThreadRanks.Run(2, collective => Value(Penalty.WganGp(), collective, real, fake));

        for (var rank = 0; rank < 2; rank++)
        {
            using var random = new Generator(Seed(rank));
            var share = rand(Part, 1, dtype: ScalarType.Float64, generator: random);
            values[rank].Should().BeApproximately(Expected((OfRank(real, rank) * share) + (OfRank(fake, rank) * (1 - share))), 1e-12);
        }
    }

    [Fact]
    public void Join_OfPenalties_IsOfThoseAloneThatTakeStatisticsOverTheBatch()
    {
        object[] penalties = [Penalty.Dragan(), Penalty.LeCam(), Penalty.WganGp(), Penalty.R1(), Penalty.R2(), Penalty.GradientNorm(c => c.Real)];

        penalties.OfType<ITeamMember>().Should().HaveCount(2, "the others take batches of different sizes");
    }

    // The gradient of |x|^2 / 2 is x: the penalty tells where it looked.
    private static double Value(IDiscriminatorPenalty penalty, ICollective collective, Tensor real, Tensor fake)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(Seed(collective.Rank));
        (penalty as ITeamMember)?.Join(Team.Of(collective)!);
        var (own, others) = (OfRank(real, collective.Rank), OfRank(fake, collective.Rank));
        var weight = ones([], dtype: ScalarType.Float64, requires_grad: true);
        Tensor Discriminator(Tensor points) => weight * points.square().sum(1, keepdim: true) / 2;
        return PenaltyContext.Compute(penalty, Discriminator, own, others, random, StepPart.Whole).item<double>();
    }

    private static double Expected(Tensor points) => (points.square().sum(1).sqrt() - 1).square().mean().item<double>();

    // Ranks with different means: the deviation of all is not the mean of deviations.
    private static Tensor Batch(long seed, int ranks)
    {
        using var random = new Generator((ulong)seed);
        return randn(Part * ranks, Width, dtype: ScalarType.Float64, generator: random) + arange(ranks, dtype: ScalarType.Float64).repeat_interleave(Part).unsqueeze(1);
    }

    private static Tensor OfRank(Tensor batch, int rank) => batch.narrow(0, rank * Part, Part);

    private static ulong Seed(int rank) => 40UL + (ulong)rank;
}
