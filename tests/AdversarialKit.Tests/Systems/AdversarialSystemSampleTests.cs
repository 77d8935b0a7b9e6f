using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class AdversarialSystemSampleTests : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _generator = nn.Linear(2, 2);
    private readonly AdversarialSystem _system;

    public AdversarialSystemSampleTests() => _system = new AdversarialSystemBuilder()
        .WithNetwork("generator", _generator)
        .WithTensor("real", 2)
        .WithStep("generator", step => step.Trains(_generator).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => c.Add("size", c.Forward(_generator, c["real"]).square().mean())))
        .WithSampler(c => c.Condition is { } condition ? condition * 2 : ones(c.Count, 1))
        .WithSeed(1)
        .Build();

    public void Dispose()
    {
        _system.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public void Sample_UnderACondition_GivesItToTheSampler()
    {
        using var condition = tensor(new float[,] { { 3 }, { 5 } });

        using var samples = _system.Sample(2, condition);

        samples.data<float>().ToArray().Should().Equal(6, 10);
        condition.IsInvalid.Should().BeFalse();
    }

    [Fact]
    public void Sample_UnderAConditionOfOtherRows_SaysHowMany()
    {
        using var condition = ones(3, 1);

        FluentActions.Invoking(() => _system.Sample(2, condition)).Should().Throw<ArgumentException>().WithMessage(
            "2 samples were asked for under a condition of shape [3, 1]; it must have a row for each of them. (Parameter 'condition')");
    }
}
