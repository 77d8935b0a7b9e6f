using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Steps;

/// <summary>Training where torch records nothing is refused in words, and so is what was made there.</summary>
public sealed class GradientModeTests : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _generator = Toy.Generator();
    private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real();

    public void Dispose()
    {
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
    }

    public static TheoryData<string> Calls => ["TrainStep", "TrainDiscriminator", "TrainGenerator", "Fit"];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Train_InsideNoGrad_IsRefusedAndMovesNothing(string call)
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();
        var before = (Snapshot.Of(_generator), Snapshot.Of(_discriminator));
        using var guard = no_grad();

        Train(gan, call).Should().Throw<InvalidOperationException>().WithMessage(Refusal("no_grad"));
        (Snapshot.Of(_generator), Snapshot.Of(_discriminator)).Should().Be(before);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Train_InsideInferenceMode_IsRefusedAndTrainsAfterwards(string call)
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();
        using (inference_mode())
        {
            Train(gan, call).Should().Throw<InvalidOperationException>().WithMessage(Refusal("inference_mode"));
        }

        Train(gan, call).Should().NotThrow();
    }

    [Fact]
    public void Build_InsideInferenceMode_IsAFaultBesideTheOthers()
    {
        using var guard = inference_mode();

        Faults(Toy.Builder(_generator, _discriminator).WithDiscriminatorSteps(0)).Should().Equal(
            "WithDiscriminatorSteps(0) was called; at least 1 discriminator update per generator update is needed.",
            "Build() was called inside torch.inference_mode(): what it makes, such as moments and averages, could never be trained. Call it outside.");
    }

    [Fact]
    public void Build_InsideNoGrad_WorksWithAPenaltyToo()
    {
        Gan gan;
        using (no_grad())
        {
            gan = Toy.Builder(_generator, _discriminator).WithPenalty(Penalty.R1(), weight: 1).WithGeneratorAverage(Ema.Decay()).Build();
        }

        using (gan)
        {
            gan.TrainStep(_real).Discriminator.Penalty.Should().BePositive();
        }
    }

    [Fact]
    public void Build_ModuleMadeInInferenceMode_NamesIt()
    {
        nn.Module<Tensor, Tensor> made;
        using (inference_mode())
        {
            made = Toy.Discriminator();
        }

        using (made)
        {
            Faults(Toy.Builder(_generator, made)).Should().Equal(
                "'hidden.weight' of the discriminator was made inside torch.inference_mode(), so it can never be trained. Make the module outside.");
        }
    }

    [Fact]
    public void TrainStep_BatchMadeInInferenceMode_TrainsAsItsCopyDoes()
    {
        using var gan = Toy.Builder(_generator, _discriminator).WithPenalty(Penalty.R1(), weight: 1).Build();
        Tensor batch;
        using (inference_mode())
        {
            batch = _real.clone();
        }

        using (batch)
        {
            gan.TrainStep(batch).Discriminator.Penalty.Should().BePositive();
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Int64)]
    public void Generate_LatentsOfAnotherType_NamesBoth(ScalarType type)
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();
        using var latents = zeros(3, 4, dtype: type);
        var words = $"The latents are of type {type} on cpu, but the generator computes in Float32 on cpu. " +
            "Draw them with DrawLatents, or convert them with to(...). (Parameter 'latents')";

        var generate = () => gan.Generate(latents);
        var combined = () => gan.Combined.Forward(latents);

        generate.Should().Throw<ArgumentException>().WithMessage(words);
        combined.Should().Throw<ArgumentException>().WithMessage(words);
    }

    [Fact]
    public void Forward_LatentsOfAnotherShape_NamesBoth()
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();
        using var latents = zeros(3, 5);

        var combined = () => gan.Combined.Forward(latents);

        combined.Should().Throw<ArgumentException>().WithMessage(
            "The latents have the shape [3, 5], but this GAN's latent is normal [4]: they must be [N, 4]. (Parameter 'latents')");
    }

    private static string Refusal(string guard) =>
        $"Training was called inside torch.{guard}(), where torch records nothing, so nothing could be learnt. " +
        "Call it outside; samples need no such guard, since Sample and Generate record nothing.";

    private Action Train(Gan gan, string call) => () =>
    {
        switch (call)
        {
            case "TrainStep":
                gan.TrainStep(_real);
                break;
            case "TrainDiscriminator":
                gan.TrainDiscriminator(_real);
                break;
            case "TrainGenerator":
                gan.TrainGenerator(_real);
                break;
            default:
                gan.Fit([_real], new FitOptions());
                break;
        }
    };

    private static IReadOnlyList<string> Faults(GanBuilder builder)
    {
        var build = () => builder.Build();

        return build.Should().Throw<InvalidGanException>().Which.Faults;
    }
}
