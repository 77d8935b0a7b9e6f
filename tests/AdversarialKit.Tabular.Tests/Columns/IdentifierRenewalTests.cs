namespace AdversarialKit.Tests;

public sealed class IdentifierRenewalTests
{
    [Fact]
    public void Next_WholeNumbers_GoOnBehindTheGreatest() => Next("17", "4").Should().Equal("18", "19");

    [Fact]
    public void Next_Codes_HaveAPrefixThatNoOldOneHas() => Next("C-1", "new-000001").Should().Equal("new-new-000001", "new-new-000002");

    [Fact]
    public void Next_Guids_AreOtherGuids()
    {
        var old = Guid.NewGuid().ToString();

        Next(old, Guid.NewGuid().ToString()).Should().OnlyHaveUniqueItems().And.NotContain(old).And.OnlyContain(id => IsGuid(id));
    }

    private static bool IsGuid(string text) => Guid.TryParse(text, out _);

    private static string[] Next(params string[] old)
    {
        var renewal = IdentifierRenewal.Of(old);
        var random = new Random(1);
        return [renewal.Next(1, random), renewal.Next(2, random)];
    }
}
