using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class LossGoldenTests
{
    public static TheoryData<string, string, ScalarType> Entries()
    {
        var data = new TheoryData<string, string, ScalarType>();
        foreach (var set in LossGolden.Golden.GetProperty("sets").EnumerateArray())
        {
            foreach (var entry in set.GetProperty("losses").EnumerateArray())
            {
                var (name, loss) = (set.GetProperty("name").GetString()!, entry.GetProperty("loss").GetString()!);
                data.Add(name, loss, ScalarType.Float64);
                data.Add(name, loss, ScalarType.Float32);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void Loss_OnGoldenLogits_GivesGoldenValuesAndGradients(string setName, string lossName, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var set = Named(LossGolden.Golden.GetProperty("sets"), "name", setName);
        var golden = Named(set.GetProperty("losses"), "loss", lossName);
        var loss = LossCase.All[lossName];
        var tolerance = type == ScalarType.Float64 ? 1e-10 : 1e-5;
        var total = golden.TryGetProperty("d_loss", out var paired) ? paired : golden.GetProperty("d_loss_sum");

        var (d, dReal, dFake) = Evaluate(set, type, loss.Discriminator);
        var (g, gReal, gFake) = Evaluate(set, type, loss.Generator);

        d.ShouldBeClose(total.GetDouble(), tolerance, "d_loss");
        dReal.ShouldBeClose(golden.GetProperty("grad_d_real").Numbers(), tolerance, "grad_d_real");
        dFake.ShouldBeClose(golden.GetProperty("grad_d_fake").Numbers(), tolerance, "grad_d_fake");
        g.ShouldBeClose(golden.GetProperty("g_loss").GetDouble(), tolerance, "g_loss");
        gReal.ShouldBeClose(golden.GetProperty("grad_g_real").Numbers(), tolerance, "grad_g_real");
        gFake.ShouldBeClose(golden.GetProperty("grad_g_fake").Numbers(), tolerance, "grad_g_fake");
    }

    [Fact]
    public void DiscriminatorParts_OnGoldenLogits_GiveGoldenParts()
    {
        using var scope = NewDisposeScope();
        var losses = new Dictionary<string, IAdversarialLoss>
        {
            ["minimax_saturating"] = AdversarialLoss.Minimax(),
            ["non_saturating"] = AdversarialLoss.NonSaturating(),
            ["non_saturating_smooth09"] = AdversarialLoss.NonSaturating(0.9),
            ["lsgan"] = AdversarialLoss.LeastSquares(),
            ["hinge"] = AdversarialLoss.Hinge(),
            ["wasserstein"] = AdversarialLoss.Wasserstein(),
        };

        foreach (var set in LossGolden.Golden.GetProperty("sets").EnumerateArray())
        {
            var (real, fake) = (set.GetProperty("real_logits").Tensor(), set.GetProperty("fake_logits").Tensor());
            foreach (var (name, loss) in losses)
            {
                var golden = Named(set.GetProperty("losses"), "loss", name);
                loss.DiscriminatorReal(real).ShouldBeClose(golden.GetProperty("d_loss_real").GetDouble(), 1e-10, name);
                loss.DiscriminatorFake(fake).ShouldBeClose(golden.GetProperty("d_loss_fake").GetDouble(), 1e-10, name);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void BinaryCrossEntropyOnProbabilities_OnGoldenProbabilities_ClipsAsKerasDoes(int index)
    {
        using var scope = NewDisposeScope();
        var golden = LossGolden.Golden.GetProperty("keras_bce_probabilities")[index];
        var loss = AdversarialLoss.BinaryCrossEntropyOnProbabilities();

        foreach (var (call, target) in new (Func<Tensor, Tensor>, string)[]
        {
            (loss.DiscriminatorReal, "target1"), (loss.Generator, "target1"), (loss.DiscriminatorFake, "target0"),
        })
        {
            var p = golden.GetProperty("p").Tensor().requires_grad_(true);
            var value = call(p);
            value.backward();

            value.ShouldBeClose(golden.GetProperty("loss_" + target).GetDouble(), 1e-10, target);
            p.GradientNumbers().ShouldBeClose(golden.GetProperty("grad_" + target).Numbers(), 1e-8, "grad_" + target);
        }
    }

    private static (Tensor Value, double[] Real, double[] Fake) Evaluate(
        JsonElement set, ScalarType type, Func<Tensor, Tensor, Tensor> loss)
    {
        var real = set.GetProperty("real_logits").Tensor(type).requires_grad_(true);
        var fake = set.GetProperty("fake_logits").Tensor(type).requires_grad_(true);
        var value = loss(real, fake);
        value.backward();
        return (value, real.GradientNumbers(), fake.GradientNumbers());
    }

    private static JsonElement Named(JsonElement array, string property, string value) =>
        array.EnumerateArray().Single(item => item.GetProperty(property).GetString() == value);
}
