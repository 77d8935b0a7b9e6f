using static AdversarialKit.Tests.OptimizerTestData;

namespace AdversarialKit.Tests;

public class OptimizersTests
{
    public static TheoryData<Func<OptimizerFactory>, string> OutOfRange => new()
    {
        { () => Optimizers.Adam(-1), "The learning rate is -1; it must be a finite number of at least 0. (Parameter 'learningRate')" },
        { () => Optimizers.AdamW(double.NaN), "The learning rate is NaN; it must be a finite number of at least 0. (Parameter 'learningRate')" },
        { () => Optimizers.Adam(beta1: 1), "The first decay, beta1, is 1; it must be at least 0 and below 1. (Parameter 'beta1')" },
        { () => Optimizers.KerasAdam(beta2: -0.1), "The second decay, beta2, is -0.1; it must be at least 0 and below 1. (Parameter 'beta2')" },
        { () => Optimizers.Adam(epsilon: -1e-9), "The epsilon is -1e-09; it must be a finite number of at least 0. (Parameter 'epsilon')" },
        { () => Optimizers.AdamW(weightDecay: -1), "The weight decay is -1; it must be a finite number of at least 0. (Parameter 'weightDecay')" },
        { () => Optimizers.Sgd(0.1, 1), "The momentum is 1; it must be at least 0 and below 1. (Parameter 'momentum')" },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Factory_ValueOutOfRange_IsToldAtOnce(Func<OptimizerFactory> make, string message) =>
        make.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message);

    [Fact]
    public void Factory_ValuesAtTheBounds_AreTaken()
    {
        var make = () => Optimizers.Adam(0, 0, 0, 0, 0)(Parameters());

        make.Should().NotThrow();
    }

    [Fact]
    public void Sgd_NesterovWithoutMomentum_IsRefused()
    {
        var make = () => Optimizers.Sgd(0.1, nesterov: true);

        make.Should().Throw<ArgumentException>().WithMessage(
            "Nesterov's form needs momentum, but the momentum is 0; pass one above 0, such as 0.9, or leave nesterov out. (Parameter 'nesterov')");
    }
}
