namespace AdversarialKit.Tests;

public sealed class ConditionDrawsTests
{
    [Fact]
    public void Draw_ARareCode_ComesByTheLogarithmOfItsFrequencyWithARowThatHasIt()
    {
        var cells = Enumerable.Range(0, 1000).Select(i => i < 10 ? "rare" : "often").ToArray();
        var codec = CategoryCodec.Of(cells, 10);
        var rows = new EncodedRows([new TableColumn("c", cells)], [codec], new Random(1));
        var draws = new ConditionDraws(rows, new RowLayout([codec]));
        var random = new Random(2);

        var drawn = Enumerable.Range(0, 20_000).Select(_ => draws.Draw(random)).ToList();

        drawn.Should().OnlyContain(draw => draw.Column == 0 && codec.CodeOf(cells[draw.Row]) == draw.Code);
        var expected = Math.Log(11) / (Math.Log(11) + Math.Log(991));
        ((double)drawn.Count(draw => draw.Code == codec.CodeOf("rare")) / drawn.Count).Should().BeApproximately(expected, 0.012);
    }

    [Fact]
    public void Pick_CodesOfNoWeight_AreNeverPicked()
    {
        var random = new Random(1);
        var upTo = ConditionDraws.Cumulated([0, 3, 0, 1, 0]);

        var picked = Enumerable.Range(0, 4000).Select(_ => ConditionDraws.Pick(upTo, random)).ToList();

        picked.Distinct().Should().BeEquivalentTo([1, 3]);
        picked.Count(code => code == 1).Should().BeInRange(2880, 3120);
    }
}
