using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class MultiClassHingeLossTests
{
    private readonly IClassLoss _loss = AdversarialLoss.MultiClassHinge();

    [Fact]
    public void Realness_IsAboveZeroWhereSomeClassBeatsTheFakes()
    {
        using var scope = NewDisposeScope();
        var outputs = tensor(new[] { 1.0, 3, 2, -1, -2, 0.5 }).reshape(2, 3);

        _loss.Realness(outputs).ShouldBeClose([1, -1.5], 1e-15);
    }

    [Fact]
    public void EveryPart_OnOutputsOfTenThousand_IsFiniteWithFiniteGradients()
    {
        using var scope = NewDisposeScope();
        var outputs = (ones(2, 3) * tensor(new[] { 1e4f, -1e4f }).unsqueeze(1)).detach().requires_grad_(true);
        var labels = tensor(new long[] { 0, 1 });

        var sum = _loss.DiscriminatorReal(outputs, labels) + _loss.DiscriminatorFake(outputs, labels) + _loss.Generator(outputs, labels);
        sum.backward();

        sum.ShouldBeClose(3, 0);
        outputs.grad!.isfinite().all().item<bool>().Should().BeTrue();
    }

    [Theory]
    [InlineData(new long[] { 2, 2 }, new long[] { 0, 0 }, "The multi-class hinge loss was given outputs of shape [2, 2]; it takes [N, K + 1] for at least 2 classes: one "
        + "output for each and a last one for fakes. End the discriminator in K + 1 outputs. (Parameter 'outputs')")]
    [InlineData(new long[] { 2, 4 }, new long[] { 0, 3 }, "The multi-class hinge loss was given the label 3; labels must be between 0 and 2. (Parameter 'labels')\n"
        + "Actual value was 3.")]
    [InlineData(new long[] { 2, 4 }, new long[] { 0 }, "The multi-class hinge loss was given labels of shape [1] for a batch of 2; they must have shape [2]. "
        + "(Parameter 'labels')")]
    public void EveryPart_OnWhatDoesNotFit_SaysWhatIsAllowed(long[] shape, long[] labels, string message)
    {
        using var scope = NewDisposeScope();
        var (outputs, classes) = (zeros(shape), tensor(labels));

        foreach (var part in new Func<Tensor, Tensor, Tensor>[] { _loss.DiscriminatorReal, _loss.DiscriminatorFake, _loss.Generator })
        {
            part.Invoking(call => call(outputs, classes)).Should().Throw<ArgumentException>().WithMessage(message);
        }
    }

    [Theory]
    [InlineData(DiscriminatorUpdate.Joint)]
    [InlineData(DiscriminatorUpdate.Separate)]
    public void TrainStep_OfAClassConditionalGan_LearnsToNameTheClasses(DiscriminatorUpdate update)
    {
        manual_seed(3);
        using var generator = new LabelledModule(4, 2, 6);
        using var discriminator = nn.Sequential(nn.Linear(6, 32), nn.LeakyReLU(0.2), nn.Linear(32, 3));
        using var gan = Builder(generator, discriminator).WithDiscriminatorUpdate(update).Build();
        using var labels = arange(32, dtype: ScalarType.Int64).remainder(2);
        using var real = Toy.Real(32);
        real.add_(labels.unsqueeze(1), 4);
        var last = default(StepResult);
        for (var i = 0; i < 150; i++)
        {
            last = gan.TrainStep(new Batch(real, labels));
        }

        last.Discriminator.RealAccuracy.Should().BeInRange(0.5, 1);
        last.Discriminator.FakeAccuracy.Should().BeInRange(0, 1);
        using var scope = NewDisposeScope();
        discriminator.call(real).narrow(1, 0, 2).argmax(1).eq(labels).to(ScalarType.Float32).mean().ToDouble().Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Build_WithoutClasses_SaysHowToSupplyThem()
    {
        using var generator = Toy.Generator();
        using var discriminator = nn.Linear(6, 3);

        Toy.Builder(generator, discriminator).WithLoss(_loss).Invoking(b => b.Build()).Should().Throw<InvalidGanException>()
            .Which.Faults.Should().Equal(
                "The loss multi-class hinge judges outputs together with labels, but the number of classes is unknown. Call WithClassLabels(classes).");
    }

    [Fact]
    public void Build_WithoutAnOutputForFakes_SaysWhatIsMissing()
    {
        using var generator = new LabelledModule(4, 3, 6);
        using var discriminator = nn.Linear(6, 3);

        Builder(generator, discriminator, classes: 3).Invoking(b => b.Build()).Should().Throw<InvalidGanException>()
            .Which.Faults.Should().Equal(
                "The discriminator's output of shape [2, 3] does not fit the loss multi-class hinge for 3 classes: The multi-class hinge loss was given the "
                + "label 2; labels must be between 0 and 1. (Parameter 'labels')");
    }

    private GanBuilder Builder(nn.Module<Tensor, Tensor, Tensor> generator, nn.Module<Tensor, Tensor> discriminator, int classes = 2) => new GanBuilder()
        .WithGenerator(generator).WithDiscriminator(discriminator).WithLatent(Latent.Normal(4)).WithClassLabels(classes)
        .WithLoss(_loss).WithOptimizers(Optimizers.Adam(1e-2)).WithSeed(7);
}
