using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class RowGeneratorTests
{
    [Fact]
    public void Forward_ACondition_IsInTheRowAndBehindIt()
    {
        using var scope = NewDisposeScope();
        var layout = Layout();
        using var generator = new RowGenerator(layout, latent: 4, [16], temperature: 0.2);
        using var random = new Generator(1);
        var condition = zeros(32, layout.CodeCount);
        condition[TensorIndex.Colon, layout.Starts[2] + 1] = 1;

        var rows = generator.call(new RowLatent(4, layout.CodeCount).Sample(32, random, ScalarType.Float32, CPU), condition);

        rows.shape.Should().Equal(32, layout.Width + layout.CodeCount);
        rows.narrow(1, layout.Width, layout.CodeCount).equal(condition).all().item<bool>().Should().BeTrue();
        var codes = rows.narrow(1, layout.PositionCount, layout.CodeCount);
        codes.narrow(1, layout.Starts[2], layout.Blocks[2]).equal(condition.narrow(1, layout.Starts[2], layout.Blocks[2])).all().item<bool>().Should().BeTrue();
        for (var block = 0; block < layout.Blocks.Count; block++)
        {
            codes.narrow(1, layout.Starts[block], layout.Blocks[block]).sum(1).sub(1).abs().max().item<float>().Should().BeLessThan(1e-5f);
        }
    }

    [Fact]
    public void Draw_Codes_AreDrawnAsOftenAsTheirLogitsSay()
    {
        using var scope = NewDisposeScope();
        var layout = Layout();
        using var groups = new CodeGroups(layout);
        using var gumbel = GanLayer.GumbelSoftmax(0.05);
        using var random = new Generator(3);
        var logits = arange(layout.CodeCount, dtype: ScalarType.Float32).remainder(3).expand(20_000, layout.CodeCount);

        var shares = groups.Draw(logits, rand([20_000, layout.CodeCount], generator: random).clamp(1e-6, 1 - 1e-6), gumbel).mean([0]);

        for (var block = 0; block < layout.Blocks.Count; block++)
        {
            var (start, size) = (layout.Starts[block], layout.Blocks[block]);
            (shares.narrow(0, start, size) - logits[0].narrow(0, start, size).softmax(0)).abs().max().item<float>().Should().BeLessThan(0.015f);
        }
    }

    // A number of three modes, one of atoms alone, categories of sizes that fill groups differently.
    private static RowLayout Layout() => new(
    [
        new NumberCodec(Format, new NumberCodecState([0.2, 0.3, 0.5], [1, 2, 3], [1, 1, 1], [7], HasMissing: true)),
        CategoryCodec.Of(["a", "b"], 10),
        CategoryCodec.Of(["a", "b", "c"], 10),
        CategoryCodec.Of(Enumerable.Range(0, 9).Select(i => $"{i}"), 10),
    ]);

    private static NumberFormat Format => new(new TableColumnInfo { Name = "n", Kind = ColumnKind.Number, Maximum = 9 }, System.Globalization.CultureInfo.InvariantCulture);
}
