using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

public sealed class SeededClassesTests
{
    [Fact]
    public void FirstTest_OfAClass_DrawsWhatTheSeedGives()
    {
        using var drawn = rand(3);
        random.manual_seed(1);
        using var again = rand(3);

        drawn.data<float>().ToArray().Should().Equal(again.data<float>().ToArray());
    }
}
