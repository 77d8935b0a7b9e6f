using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>Data that are at fault are named, rather than the learning rate or the generator.</summary>
public sealed class DataFaultTests : IDisposable
{
    private const string RangesDiffer = ": the discriminator tells them apart by their scale alone. Bring the data into the generator's range, for example with "
        + "TensorBatchOptions.Transform.";

    private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(8);
    private readonly Tensor _bad = Toy.Real(8);

    public void Dispose()
    {
        _discriminator.Dispose();
        _real.Dispose();
        _bad.Dispose();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_NumberInTheDataThatIsNotFinite_NamesTheSample(float value)
    {
        _bad[3, 2] = value;

        var result = Fit(1, _real, _bad);

        result.Reason.Should().Be(StopReason.Diverged);
        result.Message.Should().EndWith(
            ". The data are the cause: 1 of the 48 numbers of the real batch is not finite, the first in sample 3, counted from 0. " +
            "There is no checkpoint to go back to; FitOptions.Checkpoints has them written. Mend the data.");
        result.Message.Should().StartWith("At iteration 2 the ").And.NotContain("learning rate");
        result.Diagnoses.Should().Equal(new Diagnosis(DiagnosisKind.Diverged, 2, result.Message!));
    }

    [Fact]
    public void Fit_NumbersInOneOfSeveralBatches_NamesTheBatch()
    {
        _bad.narrow(0, 5, 2).fill_(float.NaN);

        Fit(3, _real, _bad, _real).Message.Should().Contain(
            " The data are the cause: 12 of the 48 numbers of real batch 2 of 3 are not finite, the first in sample 5, counted from 0. ");
    }

    [Fact]
    public void Fit_WeightsAtFault_DoesNotBlameTheData()
    {
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, _discriminator).Build();
        var poison = new Callback((_, _) =>
        {
            using var noGrad = no_grad();
            generator.parameters().First().fill_(float.NaN);
        });

        var result = gan.Fit([_real, _real], new FitOptions { Callbacks = [poison] });

        result.Message.Should().NotContain("data").And.EndWith(" A lower learning rate, WithGradientClipping, or a penalty such as R1 usually helps.");
    }

    [Fact]
    public void Fit_BytesAgainstATanh_NamesBothRangesAtOnceAndNoCollapse()
    {
        using var generator = nn.Sequential(nn.Linear(4, 6), nn.Tanh());
        using var bytes = (_real - _real.min()) / (_real.max() - _real.min()) * 255;
        var atFirst = new List<Diagnosis>();
        var look = new Callback((_, progress) => { if (progress.Iteration == 1) { atFirst.AddRange(progress.Diagnoses); } });

        var result = FitLong(generator, bytes, look);

        var expected = new Diagnosis(
            DiagnosisKind.RangesDiffer, 1, "The real samples run from 0 to 255, and the generator ends in a layer that makes -1 to 1" + RangesDiffer);
        atFirst.Should().Equal(expected);
        result.Diagnoses.Should().Equal(expected);
    }

    [Fact]
    public void Fit_BytesAgainstAModuleThatHidesItsTanh_NamesBothRangesAtTheFirstLookAtSamples()
    {
        using var generator = new FunctionModule(4, 6, (linear, input) => linear.call(input).tanh());
        using var bytes = (_real - _real.min()) / (_real.max() - _real.min()) * 255;

        var result = FitLong(generator, bytes);

        var found = result.Diagnoses.Should().ContainSingle(diagnosis => diagnosis.Kind == DiagnosisKind.RangesDiffer).Which;
        found.Message.Should().MatchRegex(@"^The real samples run from 0 to 255, and the generator's from -?[01]\.?\d* to -?[01]\.?\d*: the discriminator");
        result.Diagnoses.Should().NotContain(diagnosis => diagnosis.Kind == DiagnosisKind.GeneratorCollapsed);
    }

    [Fact]
    public void Fit_DataInTheGeneratorsRange_SaysNothing()
    {
        using var generator = nn.Sequential(nn.Linear(4, 6), nn.Tanh());
        using var scaled = _real.tanh();

        FitLong(generator, scaled, iterations: 1).Diagnoses.Should().BeEmpty();
    }

    [Theory]
    [InlineData(-1, 1, false)]
    [InlineData(-1.05, 1.05, false)]
    [InlineData(-1, 1.2, true)]
    [InlineData(-1.2, 1, true)]
    [InlineData(0, 255, true)]
    public void ExamineRanges_GeneratorThatIsBounded_GoesByTheBound(double least, double most, bool differ) =>
        (new TrainingDoctor(false, new ValueRange(-1, 1)).ExamineRanges(1, new(least, most), ValueRange.Unknown) is not null).Should().Be(differ);

    [Theory]
    [InlineData(0, 255, -0.5, 0.5, true)]
    [InlineData(0, 255, -20, 40, false)]
    [InlineData(-2, 2, -0.01, 0.01, false)]
    [InlineData(-3, 9, -1, 1, false)]
    [InlineData(0, 255, double.NaN, double.NaN, false)]
    public void ExamineRanges_GeneratorThatIsNot_GoesByWhatItMakes(double least, double most, double leastMade, double mostMade, bool differ) =>
        (new TrainingDoctor(false).ExamineRanges(500, new(least, most), new(leastMade, mostMade)) is not null).Should().Be(differ);

    [Fact]
    public void Examine_RangesThatDiffer_KeepCollapseAndSaturationBackUntilTheyHavePassed()
    {
        var doctor = new TrainingDoctor(false, new ValueRange(0, 1));
        var collapsed = new BatchLook(null, 0.001, new(0, 255), new(0, 1));

        doctor.Examine(new StepResult(500, default, default), collapsed).Select(found => found.Kind).Should().Equal(DiagnosisKind.RangesDiffer);
        doctor.Examine(new StepResult(1000, default, default), collapsed).Should().BeEmpty();
        doctor.Examine(new StepResult(1500, default, default), collapsed with { Real = new(0, 1) }).Select(found => found.Kind).Should().Equal(DiagnosisKind.GeneratorCollapsed);
        doctor.Present.Select(found => found.Kind).Should().Equal(DiagnosisKind.GeneratorCollapsed);
    }

    private FitResult Fit(int steps, params Batch[] batches)
    {
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, _discriminator).WithDiscriminatorSteps(steps).Build();
        return gan.Fit(batches, new FitOptions());
    }

    private FitResult FitLong(nn.Module<Tensor, Tensor> generator, Tensor data, Callback? look = null, long iterations = 500)
    {
        using var gan = Toy.Builder(generator, _discriminator).Build();
        return gan.Fit(Enumerable.Repeat(new Batch(data), 1000), new FitOptions { Iterations = iterations, Callbacks = look is null ? [] : [look] });
    }
}
