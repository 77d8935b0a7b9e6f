using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SideBySideTests
{
    [Fact]
    public void Forward_TwoInputs_AreWhatTheNetworkSeesInThisOrder()
    {
        using var scope = NewDisposeScope();
        using var weights = nn.Linear(3, 1, hasBias: false);
        using (no_grad())
        {
            weights.weight.copy_(tensor(new float[,] { { 1, 10, 100 } }));
        }

        using var layer = GanLayer.SideBySide(weights);

        layer.call(tensor(new float[,] { { 1, 2 }, { 4, 5 } }), tensor(new float[,] { { 3 }, { 6 } }))
            .data<float>().ToArray().Should().Equal(321, 654);
    }

    [Theory]
    [InlineData(new long[] { 2, 2 }, new long[] { 3, 1 }, "[2, 2] and [3, 1]")]
    [InlineData(new long[] { 2, 2 }, new long[] { 2, 1, 1 }, "[2, 2] and [2, 1, 1]")]
    [InlineData(new long[] { 2 }, new long[] { 2 }, "[2] and [2]")]
    public void Forward_ShapesThatDoNotFit_SaysBoth(long[] first, long[] second, string shapes)
    {
        using var scope = NewDisposeScope();
        using var layer = GanLayer.SideBySide(nn.Linear(3, 1));

        FluentActions.Invoking(() => layer.call(ones(first), ones(second))).Should().Throw<ArgumentException>().WithMessage(
            $"A network of two inputs side by side was given {shapes}; they must be alike in all sizes but that of dimension 1. (Parameter 'second')");
    }

    [Fact]
    public void SideBySide_WithoutANetwork_Throws() =>
        FluentActions.Invoking(() => GanLayer.SideBySide(null!)).Should().Throw<ArgumentNullException>().WithParameterName("network");
}
