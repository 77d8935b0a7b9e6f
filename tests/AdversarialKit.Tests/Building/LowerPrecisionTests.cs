using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Building;

/// <summary>What <c>Build()</c> says of bfloat16.</summary>
public sealed class LowerPrecisionTests : IDisposable
{
    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
    }

    [Fact]
    public void Build_LossOnProbabilities_IsRefused()
    {
        var loss = AdversarialLoss.BinaryCrossEntropyOnProbabilities();

        Fault(Builder().WithLoss(loss)).Should().Be(
            $"The loss {loss} takes probabilities, but bfloat16 has none between 0.996 and 1, so nothing would be learnt from samples that are " +
            "told apart well. End the discriminator in logits and call WithLoss(AdversarialLoss.NonSaturating()).");
    }

    [Fact]
    public void Build_WeightsOfAnotherType_NamesTheFirst()
    {
        _discriminator.to(ScalarType.Float64);

        Fault(Builder()).Should().Be(
            "The parameter 'hidden.weight' of the discriminator is of type Float64, but WithComputePrecision(ComputePrecision.BFloat16) keeps " +
            "weights in Float32 and computes with casts of them. Convert the module with to(ScalarType.Float32).");
    }

    [Fact]
    public void NotFound_NamesTheFunctionAndTheWayOut() => LowerPrecision.NotFound("set_autocast_enabled").Should().Be(
        "WithComputePrecision(ComputePrecision.BFloat16) needs libtorch's function 'set_autocast_enabled', which TorchSharp does not expose " +
        "and which this libtorch does not have under that name; on Windows all of them have other names. Leave the call out to train in full precision.");

    [LinuxFact]
    public void Build_InBFloat16_SaysSoAndWarnsOfAProcessorThatIsSlowAtIt()
    {
        using var logger = new CollectingLogger(LogLevel.Warning);
        using var gan = Builder().WithLogger(logger).Build();

        gan.Describe().Should().Contain("precision:          products and activations in BFloat16, weights in Float32")
            .And.Contain("BFloat16 on cpu, seed 7");
        logger.Entries.Should().HaveCount(FastBFloat16.OnThisProcessor() == true ? 0 : 1);
    }

    [Fact]
    public void Build_Otherwise_DoesNotMentionIt()
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();

        gan.Describe().Should().NotContain("BFloat16").And.Contain("Float32 on cpu");
    }

    private static string Fault(GanBuilder builder) =>
        builder.Invoking(b => b.Build()).Should().Throw<InvalidGanException>().Which.Faults.Should().ContainSingle().Subject;

    private GanBuilder Builder() => Toy.Builder(_generator, _discriminator).WithComputePrecision(ComputePrecision.BFloat16);
}
