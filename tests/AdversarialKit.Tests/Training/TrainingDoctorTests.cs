namespace AdversarialKit.Tests.Training;

public sealed class TrainingDoctorTests
{
    [Fact]
    public void Examine_AccuracyNearOneAndNothingToLearn_SaysSoOnceUntilItHasPassed()
    {
        var doctor = new TrainingDoctor(lossesAreClipped: false);
        var saturated = Step(accuracy: 0.995, loss: 0.01, generatorLoss: 7.5);

        var found = Repeat(doctor, saturated, 400);

        found.Should().ContainSingle().Which.Should().Be(new Diagnosis(
            DiagnosisKind.DiscriminatorSaturated,
            200,
            "The discriminator told real from fake in 99.5 % of cases over 200 iterations, with a loss of 0.01 against the generator's 7.5. "
            + "The generator has little to learn from. A lower learning rate of the discriminator, a penalty such as R1, SpectralNorm layers, "
            + "or augmentation where samples are few usually helps."));
        doctor.Present.Should().Equal(found);
        Repeat(doctor, Step(accuracy: 0.7, loss: 0.6, generatorLoss: 1), 200, 400).Should().BeEmpty();
        doctor.Present.Should().BeEmpty();
        Repeat(doctor, saturated, 200, 600).Should().ContainSingle();
    }

    [Theory]
    [InlineData(0.98, 0.01)]
    [InlineData(1.0, -12.0)]
    public void Examine_OrdinaryOrWasserstein_SaysNothing(double accuracy, double loss) =>
        Repeat(new TrainingDoctor(lossesAreClipped: false), Step(accuracy, loss, 3), 400).Should().BeEmpty();

    [Fact]
    public void Examine_GradientThatVanished_IsSaturatedWhateverTheLoss()
    {
        var doctor = new TrainingDoctor(lossesAreClipped: false);

        var found = Repeat(doctor, Step(1, -12, 3, gradient: 1e-6), 200);

        found.Should().ContainSingle().Which.Message.Should().Contain("and a generator gradient of norm 1E-6.");
    }

    [Theory]
    [InlineData(16.118)]
    [InlineData(15.942)]
    public void Examine_LossAtThePlateau_SaysWhere(double plateau)
    {
        var doctor = new TrainingDoctor(lossesAreClipped: true);

        var found = Repeat(doctor, Step(0.5, 1, plateau), 30);

        found.Should().ContainSingle().Which.Should().Be(new Diagnosis(
            DiagnosisKind.LossPinned,
            20,
            FormattableString.Invariant($"A loss stood at {plateau} for 20 iterations: there probabilities are clipped, and no gradient comes through. ")
            + "Go back to an earlier checkpoint. A discriminator that ends in logits, with AdversarialLoss.NonSaturating() in place of "
            + "BinaryCrossEntropyOnProbabilities(), has no such plateau."));
        Repeat(doctor, Step(0.5, 1, 2), 1, 30).Should().BeEmpty();
        doctor.Present.Should().BeEmpty();
    }

    [Fact]
    public void Examine_SameNumberOfALossThatIsNotClipped_SaysNothing() =>
        Repeat(new TrainingDoctor(lossesAreClipped: false), Step(0.5, 1, 16.118), 30).Should().BeEmpty();

    [Fact]
    public void ExamineSpread_SamplesNearlyEqual_SaysSoOnceUntilItHasPassed()
    {
        var doctor = new TrainingDoctor(lossesAreClipped: false);

        doctor.ExamineSpread(500, 0.011).Should().Be(new Diagnosis(
            DiagnosisKind.GeneratorCollapsed,
            500,
            "The generator makes nearly the same sample from every latent: they differ 1.1 % as much as real ones do. "
            + "Go back to an earlier checkpoint; then a lower learning rate, a penalty such as R1, or MinibatchStdDev in the discriminator usually helps."));
        doctor.ExamineSpread(1000, 0.012).Should().BeNull();
        doctor.ExamineSpread(1500, 0.04).Should().BeNull();
        doctor.Present.Should().ContainSingle();
        doctor.ExamineSpread(2000, 0.06).Should().BeNull();
        doctor.Present.Should().BeEmpty();
        doctor.ExamineSpread(2500, double.NaN).Should().BeNull();
    }

    private static List<Diagnosis> Repeat(TrainingDoctor doctor, StepResult step, int count, long after = 0) =>
        [.. Enumerable.Range(1, count).SelectMany(i => doctor.Examine(step with { Iteration = after + i }).ToList())];

    private static StepResult Step(double accuracy, double loss, double generatorLoss, double gradient = double.NaN) => new(
        0,
        new DiscriminatorResult { RealAccuracy = accuracy, FakeAccuracy = accuracy, Loss = loss, RealLoss = loss / 2, FakeLoss = loss / 2 },
        new GeneratorResult { Loss = generatorLoss, GradientNorm = gradient });
}
