namespace AdversarialKit.Tests;

public sealed class CategoryCodecTests
{
    [Fact]
    public void Of_TenThousandCategories_KeepsTheLimitAndDrawsTheRareOnesByFrequency()
    {
        var random = new Random(1);
        var cells = Enumerable.Range(0, 10_000).Select(i => $"c{i}").Concat(Enumerable.Repeat("often", 5000)).Concat(Enumerable.Repeat("twice as rare", 3)).ToArray();

        var codec = CategoryCodec.Of(cells, limit: 2);

        codec.Codes.Should().Be(2);
        codec.Encode("often", random).Code.Should().Be(0);
        codec.Encode("c77", random).Code.Should().Be(1);
        codec.CodeOf("never").Should().Be(-1);
        var drawn = Enumerable.Range(0, 50_000).Select(_ => codec.Decode(1, 0, random)!).ToList();
        drawn.Distinct().Count().Should().BeGreaterThan(9800);
        drawn.Count(cell => cell == "twice as rare").Should().BeInRange(4, 35);
    }

    [Fact]
    public void Of_Missing_IsACodeOfItsOwn()
    {
        var codec = CategoryCodec.Of(["a", null, "a"], limit: 10);

        codec.Codes.Should().Be(2);
        codec.Decode(codec.CodeOf(null), 0, new Random(1)).Should().BeNull();
    }
}
