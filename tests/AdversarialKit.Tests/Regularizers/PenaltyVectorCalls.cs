using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>The part of <see cref="VectorCalls"/> that concerns penalties.</summary>
internal static class PenaltyVectorCalls
{
    private const double Gamma = 10;

    public static IEnumerable<(string Id, Func<JsonElement, double[]> Run)> All()
    {
        yield return ("tfgan.wasserstein_gradient_penalty", vector => [Doubling(vector, Penalty.WganGp())]);
        yield return ("tfgan.wasserstein_gradient_penalty.one_sided", vector => [Doubling(vector, Penalty.WganGp(oneSided: true))]);

        // TF-GAN penalizes |grad| / target - 1, ours |grad| - target: its value is ours over the squared target.
        yield return ("tfgan.wasserstein_gradient_penalty.target2", vector => [Doubling(vector, Penalty.WganGp(target: 2)) / 4]);
        yield return ("tfgan.wasserstein_gradient_penalty.weighted", vector => [2.3 * Doubling(vector, Penalty.WganGp())]);
        yield return ("d.gp.batch_norm_bug", vector => [Doubling(vector, Penalty.WganGp())]);
        yield return ("d.gp.wgan.mlp", vector => Mlp(vector, (Penalty.GradientNorm(Interpolation(vector)), 1)));
        yield return ("d.gp.wgan.mlp.one_sided", vector =>
            Mlp(vector, (Penalty.GradientNorm(Interpolation(vector), oneSided: true), 1)));
        yield return ("d.dragan.mlp", vector =>
            Mlp(vector, (Penalty.GradientNorm(_ => Inputs(vector).GetProperty("x_hat").Tensor()), 1)));
        yield return ("d.r1.mlp", vector => Mlp(vector, (Penalty.R1(), Gamma)));
        yield return ("d.r2.mlp", vector => Mlp(vector, (Penalty.R2(), Gamma)));
        yield return ("d.r3gan.d", vector => Mlp(vector, AdversarialLoss.RelativisticPaired(), (Penalty.R1(), 0.5), (Penalty.R2(), 0.5)));
        yield return ("d.lecam", LeCam);
        yield return ("d.lecam_ema", LeCamAverages);
    }

    // D(x) = 2 x, with the 2 a parameter: a penalty on a discriminator without any is refused.
    private static double Doubling(JsonElement vector, IDiscriminatorPenalty penalty)
    {
        var two = tensor(2.0, dtype: ScalarType.Float64, requires_grad: true);
        var (real, fake) = Inputs(vector).TryGetProperty("x", out var x) ? (x, x) : (Inputs(vector).GetProperty("real"), Inputs(vector).GetProperty("gen"));
        using var context = new TestCritic(points => points * two, two).Context(real.Tensor(), fake.Tensor());
        return penalty.Compute(context).ToDouble();
    }

    private static double[] Mlp(JsonElement vector, (IDiscriminatorPenalty Penalty, double Weight) penalty) =>
        Mlp(vector, null, penalty);

    private static double[] Mlp(
        JsonElement vector, IRelativisticLoss? loss, params (IDiscriminatorPenalty Penalty, double Weight)[] penalties)
    {
        var inputs = Inputs(vector);
        var critic = TestCritic.FromVector(inputs);
        var any = inputs.EnumerateObject().First(input => input.Name is "real" or "gen" or "x_hat").Value;
        var real = inputs.TryGetProperty("real", out var r) ? r : any;
        var fake = inputs.TryGetProperty("gen", out var f) ? f : any;
        using var context = critic.Context(real.Tensor(), fake.Tensor());

        var value = loss?.Discriminator(context.RealLogits, context.FakeLogits) ?? zeros([], dtype: ScalarType.Float64);
        foreach (var (penalty, weight) in penalties)
        {
            value += weight * penalty.Compute(context);
        }

        value.backward();
        return [value.ToDouble(), .. critic.Parameters.SelectMany(parameter => parameter.GradientNumbers())];
    }

    private static Func<PenaltyContext, Tensor> Interpolation(JsonElement vector) => context =>
        context.Real + Inputs(vector).GetProperty("alpha").Tensor().unsqueeze(1) * (context.Fake - context.Real);

    // The vector names the averages that the value is computed with; ours take in the batch first.
    private static double[] LeCam(JsonElement vector)
    {
        const double Decay = 0.9;
        var inputs = Inputs(vector);
        double Before(string average, Tensor logits) =>
            (inputs.GetProperty(average).GetDouble() - (1 - Decay) * logits.mean().ToDouble()) / Decay;

        var penalty = LeCamWith(Decay, Before("ema_real", Real(inputs)), Before("ema_fake", Fake(inputs)));
        using var context = LogitContexts.Of(Real(inputs), Fake(inputs));
        return [penalty.Compute(context).ToDouble()];
    }

    private static double[] LeCamAverages(JsonElement vector)
    {
        var inputs = Inputs(vector);
        var start = inputs.GetProperty("init").GetDouble();
        var penalty = LeCamWith(inputs.GetProperty("decay").GetDouble(), start, start);
        return
        [
            .. inputs.GetProperty("values").Numbers().Select(value =>
            {
                var logits = tensor(new[] { value });
                using var context = LogitContexts.Of(logits, logits);
                penalty.Compute(context);
                return ((IStateful)penalty).GetState()["real"].ToDouble();
            }),
        ];
    }

    // After very many updates nothing is left of the correction for the start at 0.
    private static IDiscriminatorPenalty LeCamWith(double decay, double real, double fake)
    {
        var penalty = Penalty.LeCam(decay);
        ((IStateful)penalty).SetState(new Dictionary<string, Tensor>
        {
            ["real"] = tensor(real, dtype: ScalarType.Float64),
            ["fake"] = tensor(fake, dtype: ScalarType.Float64),
            ["updates"] = tensor(1_000_000L),
        });
        return penalty;
    }

    private static JsonElement Inputs(JsonElement vector) => vector.GetProperty("inputs");

    private static Tensor Real(JsonElement inputs) => inputs.GetProperty("real").Tensor();

    private static Tensor Fake(JsonElement inputs) => inputs.GetProperty("gen").Tensor();
}
