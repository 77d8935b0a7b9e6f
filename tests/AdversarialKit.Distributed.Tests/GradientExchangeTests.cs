using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Gradients of ranks become their sums, wherever autograd has put them: 128 x 128 is summed where it lies, what is smaller in one vector.</summary>
public sealed class GradientExchangeTests
{
    private const int Side = 128;

    [Theory]
    [InlineData(Side)]
    [InlineData(3)]
    public void Sum_OfGradientsInOneMemory_SumsEach(int side)
    {
        var gradients = OnTwoRanks(
            () => [Numbers(side, side), Numbers(side * side, 1)],
            (parameters, rank) => ((parameters[0].view(-1) + parameters[1].view(-1)) * Slopes(side, rank).view(-1)).sum());

        Both(gradients, 0, Slopes(side, 0) + Slopes(side, 1));
        Both(gradients, 1, (Slopes(side, 0) + Slopes(side, 1)).view(-1, 1));
    }

    [Theory]
    [InlineData(Side)]
    [InlineData(3)]
    public void Sum_WhereOneRankHasNone_IsTheOthers(int side)
    {
        var gradients = OnTwoRanks(
            () => [Numbers(side, side), Numbers(1)],
            (parameters, rank) => rank == 0 ? parameters[1].sum() : parameters[1].sum() + (parameters[0] * Slopes(side, 1)).sum());

        Both(gradients, 0, Slopes(side, 1));
        Both(gradients, 1, full(1, 2f));
    }

    [Theory]
    [InlineData(Side)]
    [InlineData(3)]
    public void Sum_WhereNoRankHasOne_StaysNull(int side)
    {
        var gradients = OnTwoRanks(() => [Numbers(side, side), Numbers(1)], (parameters, _) => parameters[1].sum());

        gradients.Should().OnlyContain(ofRank => ReferenceEquals(ofRank[0], null));
    }

    [Theory]
    [InlineData(Side)]
    [InlineData(3)]
    public void Sum_OfAGradientInAnotherOrderOfMemory_KeepsItsPlaces(int side)
    {
        var gradients = OnTwoRanks(
            () => [new Parameter(randn(side + 1, side).t()), Numbers(1)],
            (parameters, rank) => parameters[1].sum() + (parameters[0].narrow(1, 0, side) * Slopes(side, rank)).sum());

        var expected = cat([Slopes(side, 0) + Slopes(side, 1), zeros(side, 1)], 1);
        Both(gradients, 0, expected);
    }

    private static Tensor?[][] OnTwoRanks(Func<Parameter[]> parameters, Func<Parameter[], int, Tensor> loss) => ThreadRanks.Run(2, collective =>
    {
        var own = parameters();
        using var exchange = new GradientExchange(Team.Of(collective)!, own);
        loss(own, collective.Rank).backward();
        exchange.Sum();
        return Array.ConvertAll(own, parameter => parameter.grad?.clone());
    });

    private static Parameter Numbers(params long[] shape) => new(ones(shape));

    private static Tensor Slopes(int side, int rank) => arange(side * side, dtype: ScalarType.Float32).view(side, side) * (rank + 1.0) / (side * side);

    private static void Both(Tensor?[][] gradients, int index, Tensor expected) =>
        gradients.Should().OnlyContain(ofRank => ofRank[index]!.allclose(expected, 1e-6, 1e-6, false));
}
