using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Building;

public sealed class BatchCheckTests
{
    [Fact]
    public void TrainStep_WrongShape_NamesBoth() =>
        Refusal(gan => gan.TrainStep(zeros(16, 5))).Should().Be(
            "The real batch has the shape [16, 5], but the generator makes samples of [6]: a batch must be [N, 6]. Reshape the real " +
            "samples. (Parameter 'batch')");

    [Fact]
    public void TrainStep_IntegerSamples_SaysHowToConvert() =>
        Refusal(gan => gan.TrainStep(zeros(16, 6, dtype: ScalarType.Byte))).Should().Be(
            "The real batch is of type Byte, but the networks compute in Float32. Convert it with to(ScalarType.Float32), scaled as the " +
            "generator's output is. (Parameter 'batch')");

    [Fact]
    public void TrainStep_OneSampleWithBatchNorm_SaysWhy() =>
        Refusal(gan => gan.TrainStep(zeros(1, 6))).Should().Be(
            "The real batch holds 1 sample, but the generator's layer 'norm' (BatchNorm1d) takes statistics over the batch and needs at " +
            "least 2 samples. Draw batches of another size. (Parameter 'batch')");

    [Fact]
    public void TrainStep_NoSamples_SaysSo() =>
        Refusal(gan => gan.TrainStep(zeros(0, 6))).Should().Be(
            "The real batch holds 0 samples; at least 1 is needed. (Parameter 'batch')");

    [Fact]
    public void TrainStep_NullTensor_SaysSo() =>
        Refusal(gan => gan.TrainStep(new Batch(null!))).Should().Be(
            "The batch has no real samples: its tensor is null. (Parameter 'batch')");

    [Fact]
    public void TrainStep_ConditionOnAnUnconditionalGan_SaysSo() =>
        Refusal(gan => gan.TrainStep(new Batch(zeros(16, 6), zeros(16, dtype: ScalarType.Int64)))).Should().Be(
            "A condition was given, but this GAN is unconditional. Build it with WithClassLabels(...) or WithCondition(...). (Parameter 'condition')");

    [Fact]
    public void TrainStep_WrongNumberOfBatches_SaysHowMany() =>
        Refusal(gan => gan.TrainStep(zeros(16, 6), zeros(16, 6))).Should().Be(
            "An iteration of this GAN makes 1 discriminator steps and needs as many real batches, but got 2. Pass 1, or change " +
            "WithDiscriminatorSteps. (Parameter 'batches')");

    [Fact]
    public void Generate_LatentsOfAnotherShape_NamesBoth() =>
        Refusal(gan => gan.Generate(zeros(3, 5))).Should().Be(
            "The latents have the shape [3, 5], but this GAN's latent is normal [4]: they must be [N, 4]. (Parameter 'latents')");

    [Fact]
    public void TrainStep_AfterDispose_SaysSo()
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        var gan = Toy.Builder(generator, discriminator).Build();
        gan.Dispose();

        var act = () => gan.TrainStep(zeros(16, 6));

        act.Should().Throw<ObjectDisposedException>();
    }

    [Theory]
    [InlineData(15, "A class-conditional GAN needs one label per sample, Int64 [16], but the condition is Int64 [15]. (Parameter 'condition')")]
    [InlineData(0, "A class-conditional GAN needs one label per sample, Int64 [16], but the condition is none. (Parameter 'condition')")]
    public void TrainStep_LabelsOfAnotherCount_SaysWhatIsNeeded(int labels, string message)
    {
        using var generator = new LabelledModule(4, 3, 6);
        using var discriminator = new LabelledModule(6, 3, 1);
        using var gan = Conditional(generator, discriminator);

        var act = () => gan.TrainStep(new Batch(zeros(16, 6), labels == 0 ? null : zeros(labels, dtype: ScalarType.Int64)));

        act.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void Sample_LabelOutOfRange_SaysWhatIsAllowed()
    {
        using var generator = new LabelledModule(4, 3, 6);
        using var discriminator = new LabelledModule(6, 3, 1);
        using var gan = Conditional(generator, discriminator);

        var act = () => gan.Sample(2, tensor(new long[] { 0, 3 }));

        act.Should().Throw<ArgumentException>().WithMessage(
            "The labels run from 0 to 3, but WithClassLabels(3) allows 0 to 2. (Parameter 'condition')");
    }

    private static Gan Conditional(LabelledModule generator, LabelledModule discriminator) => new GanBuilder()
        .WithGenerator(generator).WithDiscriminator(discriminator).WithClassLabels(3).WithLatent(Latent.Normal(4))
        .WithLoss(AdversarialLoss.NonSaturating()).WithOptimizers(Optimizers.Adam()).Build();

    private static string Refusal(Action<Gan> call)
    {
        using var discriminator = Toy.Discriminator();
        using var generator = Toy.Generator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        var before = (Snapshot.Of(generator), Snapshot.Of(discriminator));

        var act = () => call(gan);

        var message = act.Should().Throw<ArgumentException>().Which.Message;
        (Snapshot.Of(generator), Snapshot.Of(discriminator)).Should().Be(before, "nothing is lost");
        return message;
    }
}
