using System.Text;

namespace AdversarialKit.Tests.Reporting;

public sealed class Crc32CTests
{
    [Fact]
    public void Of_TheCheckStringOfTheCatalogue_IsItsValue() =>
        Crc32C.Of(Encoding.ASCII.GetBytes("123456789")).Should().Be(0xe3069283);

    /// <summary>RFC 3720, appendix B.4.</summary>
    [Fact]
    public void Of_ThirtyTwoZeros_IsTheValueOfTheStandard() => Crc32C.Of(new byte[32]).Should().Be(0x8a9136aa);
}
