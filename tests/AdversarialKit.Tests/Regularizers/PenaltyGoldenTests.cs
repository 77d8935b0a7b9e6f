using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class PenaltyGoldenTests
{
    private const double GammaOrLambda = 10;

    private static readonly JsonElement _golden = LossGolden.Golden.GetProperty("penalties");

    public static TheoryData<string, string> Results()
    {
        var data = new TheoryData<string, string>();
        foreach (var result in _golden.GetProperty("results").EnumerateArray())
        {
            data.Add(result.GetProperty("penalty").GetString()!, result.GetProperty("net").GetString()!);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Results))]
    public void Penalty_OnTheGoldenNet_GivesTheGoldenValueAndGradients(string penaltyName, string net)
    {
        using var scope = NewDisposeScope();
        var golden = _golden.GetProperty("results").EnumerateArray().Single(result =>
            result.GetProperty("penalty").GetString() == penaltyName && result.GetProperty("net").GetString() == net);
        var critic = TestCritic.FromGolden(_golden.GetProperty("nets").GetProperty(net));
        using var context = critic.Context(
            _golden.GetProperty("real").ShapedTensor(), _golden.GetProperty("fake").ShapedTensor());

        var value = Create(penaltyName).Compute(context) * GammaOrLambda;
        value.backward();

        value.ShouldBeClose(golden.GetProperty("value").GetDouble(), 1e-10);
        var gradients = golden.GetProperty("grads").EnumerateObject().ToArray();
        gradients.Should().HaveSameCount(critic.Parameters);
        foreach (var (gradient, parameter) in gradients.Zip(critic.Parameters))
        {
            parameter.GradientNumbers().ShouldBeClose(
                gradient.Value.GetProperty("data").Numbers(), 1e-10, gradient.Name);
        }
    }

    private static IDiscriminatorPenalty Create(string name) => name switch
    {
        "wgan_gp" => Penalty.GradientNorm(GoldenInterpolation),
        "wgan_lp" => Penalty.GradientNorm(GoldenInterpolation, oneSided: true),
        "dragan" => Penalty.GradientNorm(GoldenPerturbation),
        "r1" => Penalty.R1(),
        "r2" => Penalty.R2(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "unknown"),
    };

    private static Tensor GoldenInterpolation(PenaltyContext context)
    {
        var eps = _golden.GetProperty("eps").ShapedTensor();
        return eps * context.Real + (1 - eps) * context.Fake;
    }

    private static Tensor GoldenPerturbation(PenaltyContext context)
    {
        var perturbed = context.Real
            + 0.5 * context.Real.std(unbiased: false) * _golden.GetProperty("dragan_u").ShapedTensor();
        return context.Real + _golden.GetProperty("dragan_alpha").ShapedTensor() * (perturbed - context.Real);
    }
}
