using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PenaltyContextTests
{
    private const string NoGraph = "The discriminator's output does not depend on its input through a graph, so the gradient that a penalty needs does not exist. Let the discriminator compute its output from its input by differentiable operations, without detach(), no_grad() or rounding.";

    private const string NotTrainable = "The gradient of the discriminator's output with respect to its input does not depend on any parameter through a graph, so a penalty on it would train nothing. Let the discriminator's parameters require gradients, and use layers whose gradient can be differentiated again.";

    [Fact]
    public void RealGradientAndFakeGradient_AreComputedOnceAndOutliveTheScopeOfTheFirstReader()
    {
        using var scope = NewDisposeScope();
        using var context = Quadratic().Context(tensor(new[,] { { 1.0, 2.0 } }), tensor(new[,] { { 3.0, 5.0 } }));
        Tensor first;
        using (NewDisposeScope())
        {
            first = context.RealGradient;
        }

        context.RealGradient.Should().BeSameAs(first);
        context.RealGradient.ShouldBeClose([2.0 * 1 * 3, 2.0 * 2 * 3], 1e-14);
        context.FakeGradient.ShouldBeClose([2.0 * 3 * 3, 2.0 * 5 * 3], 1e-14);
        context.FakeGradient.Should().BeSameAs(context.FakeGradient);
    }

    [Fact]
    public void RealGradient_OfAJointForwardPass_IsThatOfSeparatePasses()
    {
        using var scope = NewDisposeScope();
        var critic = Quadratic();
        var (real, fake) = (randn(4, 2, dtype: ScalarType.Float64), randn(4, 2, dtype: ScalarType.Float64));
        using var separate = critic.Context(real, fake);
        var (realInput, fakeInput) = (real.clone().requires_grad_(true), fake.clone().requires_grad_(true));
        var logits = critic.Forward(cat([realInput, fakeInput]));

        using var joint = new PenaltyContext(critic.Forward, new Generator(1))
        {
            Real = realInput,
            Fake = fakeInput,
            RealLogits = logits[..4],
            FakeLogits = logits[4..],
        };

        joint.RealGradient.ShouldBeClose(separate.RealGradient.Numbers(), 1e-14);
        joint.FakeGradient.ShouldBeClose(separate.FakeGradient.Numbers(), 1e-14);
    }

    [Fact]
    public void FakeGradient_ThatWasNotPrepared_SaysHowToAskForIt()
    {
        using var scope = NewDisposeScope();
        using var context = Quadratic().Context(ones(1, 2), ones(1, 2), prepare: InputGradients.Real);

        var read = () => context.FakeGradient;

        context.RealGradient.ShouldBeClose([6, 6], 1e-6);
        read.Should().Throw<InvalidOperationException>().WithMessage(
            "FakeGradient was not prepared in this step, because no due penalty asked for it. Return InputGradients.Fake from the penalty's Needs, or call GradientAt(Fake), which runs a forward pass of its own.");
    }

    [Fact]
    public void GradientAt_PointsWithoutGrad_LeavesThemAsTheyWere()
    {
        using var scope = NewDisposeScope();
        using var context = Quadratic().Context(ones(1, 2), ones(1, 2));
        var points = tensor(new[,] { { 4f, 5f } });

        var gradient = context.GradientAt(points);

        gradient.ShouldBeClose([24, 30], 1e-6);
        gradient.requires_grad.Should().BeTrue();
        points.requires_grad.Should().BeFalse();
    }

    [Fact]
    public void GradientAt_IntegerPoints_SaysToConvertThem()
    {
        using var scope = NewDisposeScope();
        using var context = Quadratic().Context(ones(1, 2), ones(1, 2));

        var gradient = () => context.GradientAt(ones(1, 2, dtype: ScalarType.Int64));

        gradient.Should().Throw<ArgumentException>().WithMessage(
            "A gradient penalty needs points of a floating type, but got Int64 of shape [1, 2]. Convert the samples first, for instance with to(ScalarType.Float32). (Parameter 'points')");
    }

    [Fact]
    public void GradientAt_OfAnOutputWithoutAnyGraph_SaysSo()
    {
        using var scope = NewDisposeScope();
        Refuses(x => x.detach().sum(1), NoGraph);
    }

    [Fact]
    public void GradientAt_OfAnOutputThatIgnoresItsInput_SaysSo()
    {
        using var scope = NewDisposeScope();
        var bias = zeros(1).requires_grad_(true);
        Refuses(x => bias.expand(x.shape[0]), NoGraph);
    }

    [Fact]
    public void GradientAt_UnderNoGrad_SaysSo()
    {
        using var scope = NewDisposeScope();
        using var context = Quadratic().Context(ones(1, 2), ones(1, 2));
        using var noGrad = no_grad();

        var gradient = () => context.GradientAt(ones(1, 2));

        gradient.Should().Throw<InvalidOperationException>().WithMessage(NoGraph);
    }

    [Fact]
    public void GradientAt_ThatReachesNoParameter_SaysThatItWouldTrainNothing()
    {
        using var scope = NewDisposeScope();
        Refuses(x => 3 * x.sum(1), NotTrainable);
    }

    [Fact]
    public void Probe_OfADiscriminatorThatOverwritesWhatTheGradientNeeds_ThrowsRatherThanEndingTheProcess()
    {
        using var scope = NewDisposeScope();
        var probe = () => DiscriminatorGradient.Probe(
            x =>
            {
                var hidden = x.exp();
                var output = hidden.sum(1);
                hidden.add_(1);
                return output;
            },
            ones(2, 2));

        probe.Should().Throw<InvalidOperationException>().WithMessage(
            "The gradient of the discriminator's output with respect to its input cannot be computed: *modified by an inplace operation*");
    }

    [Fact]
    public void Probe_OfAnOrdinaryDiscriminator_LeavesNothingBehind()
    {
        using var scope = NewDisposeScope();
        var critic = Quadratic();
        var points = ones(2, 2);

        DiscriminatorGradient.Probe(critic.Forward, points);

        points.requires_grad.Should().BeFalse();
        critic.Parameters[0].grad.Should().BeNull();
    }

    [Fact]
    public void RandomUniformAndNormal_FollowTheGeneratorAndTheBatch()
    {
        using var scope = NewDisposeScope();
        var real = ones(1, 2, dtype: ScalarType.Float64);
        using var one = Quadratic().Context(real, real, new Generator(5));
        using var other = Quadratic().Context(real, real, new Generator(5));

        var uniform = one.RandomUniform(3, 4);
        var normal = one.RandomNormal(2);

        uniform.shape.Should().Equal(3, 4);
        uniform.dtype.Should().Be(ScalarType.Float64);
        uniform.Numbers().Should().Equal(other.RandomUniform(3, 4).Numbers()).And.OnlyContain(draw => draw >= 0 && draw < 1);
        normal.Numbers().Should().Equal(other.RandomNormal(2).Numbers());
    }

    private static TestCritic Quadratic()
    {
        var scale = tensor(3f).requires_grad_(true);
        return new TestCritic(x => (x.square() * scale).sum(1), scale);
    }

    private static void Refuses(Func<Tensor, Tensor> discriminator, string message)
    {
        using var context = new PenaltyContext(discriminator, new Generator(1))
        {
            Real = ones(2, 2),
            Fake = ones(2, 2),
            RealLogits = zeros(2),
            FakeLogits = zeros(2),
        };

        var gradient = () => context.GradientAt(ones(2, 2));

        gradient.Should().Throw<InvalidOperationException>().WithMessage(message);
    }
}
