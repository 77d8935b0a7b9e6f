using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PenaltyGradientTests
{
    public static TheoryData<string> Names => [.. Create.Keys];

    private static Dictionary<string, Func<IDiscriminatorPenalty>> Create { get; } = new()
    {
        ["WGAN-GP"] = () => Penalty.WganGp(),
        ["WGAN-GP one-sided"] = () => Penalty.WganGp(target: 0.7, oneSided: true),
        ["DRAGAN"] = () => Penalty.Dragan(),
        ["R1"] = Penalty.R1,
        ["R2"] = Penalty.R2,
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_GradientOfEveryParameter_EqualsCentralDifferences(string name)
    {
        using var scope = NewDisposeScope();
        var (critic, real, fake) = TestCritic.Toy();
        const double Step = 1e-5;

        using (var context = critic.Context(real, fake, new Generator(7)))
        {
            Create[name]().Compute(context).backward();
        }

        foreach (var parameter in critic.Parameters)
        {
            var flat = parameter.detach().view(-1);
            var gradient = parameter.GradientNumbers();
            for (var i = 0; i < gradient.Length; i++)
            {
                double At(double offset)
                {
                    using var noGrad = no_grad();
                    flat[i].add_(offset);
                    using var grad = enable_grad();
                    var value = Value(critic, Create[name](), real, fake);
                    using var again = no_grad();
                    flat[i].sub_(offset);
                    return value;
                }

                var difference = (At(Step) - At(-Step)) / (2 * Step);
                gradient[i].Should().BeApproximately(difference, 1e-7, $"element {i} of {parameter}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_AfterAStepAgainstItsGradient_IsLower(string name)
    {
        using var scope = NewDisposeScope();
        var (critic, real, fake) = TestCritic.Toy();
        var before = Value(critic, Create[name](), real, fake);
        using (var context = critic.Context(real, fake, new Generator(7)))
        {
            Create[name]().Compute(context).backward();
        }

        using (no_grad())
        {
            foreach (var parameter in critic.Parameters)
            {
                parameter.sub_(1e-3 * (parameter.grad ?? zeros_like(parameter)));
            }
        }

        Value(critic, Create[name](), real, fake).Should().BeLessThan(before);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_WhereTheGradientIsExactlyZero_LeavesNoNaN(string name)
    {
        using var scope = NewDisposeScope();
        var weight = zeros(3, 1, dtype: ScalarType.Float64).requires_grad_(true);
        var critic = new TestCritic(x => x.mm(weight), weight);
        using var context = critic.Context(randn(4, 3, dtype: ScalarType.Float64), randn(4, 3, dtype: ScalarType.Float64));

        var value = Create[name]().Compute(context);
        value.backward();

        value.ToDouble().Should().Be(name switch { "WGAN-GP" or "DRAGAN" => 1, _ => 0 });
        weight.GradientNumbers().Should().OnlyContain(gradient => gradient == 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compute_ComputedOften_LeavesNothingBehindButItsResult(string name)
    {
        using var outer = NewDisposeScope();
        var (critic, real, fake) = TestCritic.Toy();
        var random = new Generator(7);
        var penalty = Create[name]();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 3; i++)
        {
            using var inner = NewDisposeScope();
            using var context = critic.Context(real, fake, random);
            penalty.Compute(context).backward();
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
    }

    private static double Value(TestCritic critic, IDiscriminatorPenalty penalty, Tensor real, Tensor fake)
    {
        using var scope = NewDisposeScope();
        using var context = critic.Context(real, fake, new Generator(7));
        return penalty.Compute(context).ToDouble();
    }
}
