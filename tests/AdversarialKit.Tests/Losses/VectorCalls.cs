using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>For each vector of <c>loss_vectors.json</c> on losses and penalties: our call, in its library's convention.</summary>
internal static class VectorCalls
{
    private const double Gamma = 10;

    /// <summary>Id of the vector, and what gives its numbers in the order in which it lists them.</summary>
    public static IReadOnlyDictionary<string, Func<JsonElement, double[]>> All { get; } =
        TfGan().Concat(TorchGan()).Concat(Mimicry()).Concat(Derived()).Concat(Penalties())
            .ToDictionary(call => call.Id, call => call.Run);

    private static IEnumerable<(string Id, Func<JsonElement, double[]> Run)> TfGan()
    {
        // TF-GAN's label smoothing s makes the target 1 - s / 2: its 0.25 is our 0.875.
        var smoothed = LossCase.Of(AdversarialLoss.NonSaturating(realTarget: 0.875));

        // TF-GAN hands ones to its minimax generator as the real logits, which adds the constant -softplus(-1).
        const double MinimaxConstant = -0.3132616875182228;
        var losses = new Dictionary<string, Func<JsonElement, double>>
        {
            ["least_squares_generator"] = Generator("lsgan"),
            ["least_squares_discriminator"] = Discriminator("lsgan"),
            ["modified_generator"] = Generator("non_saturating"),
            ["modified_discriminator"] = inputs => smoothed.Discriminator(Real(inputs), Fake(inputs)).ToDouble(),
            ["minimax_generator"] = inputs => Generator("minimax_saturating")(inputs) + MinimaxConstant,
            ["minimax_discriminator"] = inputs => smoothed.Discriminator(Real(inputs), Fake(inputs)).ToDouble(),
            ["wasserstein_generator"] = Generator("wasserstein"),
            ["wasserstein_discriminator"] = Discriminator("wasserstein"),
            ["wasserstein_hinge_generator"] = Generator("hinge"),
            ["wasserstein_hinge_discriminator"] = Discriminator("hinge"),
        };
        foreach (var (name, loss) in losses)
        {
            yield return ($"tfgan.{name}", vector => [loss(Inputs(vector))]);
            yield return ($"tfgan.{name}.weighted", vector => [Parameter(vector, "weights") * loss(Inputs(vector))]);
        }

        yield return ("tfgan.relativistic_average_generator", vector => [Generator("ragan")(Inputs(vector))]);
        yield return ("tfgan.relativistic_average_discriminator", vector => [Discriminator("ragan")(Inputs(vector))]);
    }

    private static IEnumerable<(string Id, Func<JsonElement, double[]> Run)> TorchGan()
    {
        var losses = new Dictionary<string, Func<JsonElement, double>>
        {
            ["wasserstein_generator"] = Generator("wasserstein"),
            ["wasserstein_discriminator"] = Discriminator("wasserstein"),
            ["least_squares_generator"] = Generator("lsgan"),
            ["least_squares_discriminator"] = Discriminator("lsgan"),
            ["minimax_generator.saturating"] = Generator("minimax_saturating"),
            ["minimax_generator.non_saturating"] = Generator("non_saturating"),
            ["minimax_discriminator"] = Discriminator("non_saturating"),
        };
        foreach (var (name, loss) in losses)
        {
            yield return ($"torchgan.{name}.mean", vector => [loss(Inputs(vector))]);
            yield return ($"torchgan.{name}.sum", vector => [loss(Inputs(vector)) * Fake(Inputs(vector)).numel()]);

            // Our losses have one reduction, the mean: the loss of each element is that of a batch of one.
            yield return ($"torchgan.{name}.none", vector => [.. Singles(Inputs(vector)).Select(loss)]);
        }
    }

    private static IEnumerable<(string Id, Func<JsonElement, double[]> Run)> Mimicry()
    {
        var losses = new Dictionary<string, Func<JsonElement, double>>
        {
            // What mimicry calls minimax is the non-saturating loss.
            ["minimax_gen"] = Generator("non_saturating"),
            ["minimax_dis"] = Discriminator("minimax_saturating"),
            ["ns_gen"] = Generator("non_saturating"),
            ["wasserstein_gen"] = Generator("wasserstein"),
            ["wasserstein_dis"] = Discriminator("wasserstein"),
            ["hinge_gen"] = Generator("hinge"),
            ["hinge_dis"] = Discriminator("hinge"),
        };
        var ones = JsonSerializer.SerializeToElement(new { real = Enumerable.Repeat(1, 4), gen = Enumerable.Repeat(1, 4) });
        return losses.Select(loss =>
            ($"mimicry.{loss.Key}", (Func<JsonElement, double[]>)(_ => [loss.Value(ones)])));
    }

    private static IEnumerable<(string Id, Func<JsonElement, double[]> Run)> Derived()
    {
        yield return ("d.vanilla_softplus.d", vector => [Discriminator("non_saturating")(Inputs(vector))]);
        yield return ("d.vanilla_softplus.g", vector => [Generator("non_saturating")(Inputs(vector))]);
        yield return ("d.hinge.d", vector => [Discriminator("hinge")(Inputs(vector))]);
        yield return ("d.rpgan.d", vector => [Discriminator("rpgan")(Inputs(vector))]);
        yield return ("d.rpgan.g", vector => [Generator("rpgan")(Inputs(vector))]);
        yield return ("d.rpgan_std_relativistic.bce", vector => [Discriminator("rpgan")(Inputs(vector))]);
        yield return ("k.bce.clip", _ =>
        [
            AdversarialLoss.BinaryCrossEntropyOnProbabilities().Generator(zeros(1)).ToDouble(),
            AdversarialLoss.BinaryCrossEntropyOnProbabilities().DiscriminatorFake(ones(1)).ToDouble(),
        ]);
    }

    private static IEnumerable<(string Id, Func<JsonElement, double[]> Run)> Penalties()
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

    private static Func<JsonElement, double> Discriminator(string loss) => inputs =>
        LossCase.All[loss].Discriminator(Real(inputs), Fake(inputs)).ToDouble();

    private static Func<JsonElement, double> Generator(string loss) => inputs =>
        LossCase.All[loss].Generator(inputs.TryGetProperty("real", out _) ? Real(inputs) : zeros(0), Fake(inputs)).ToDouble();

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

    private static IEnumerable<JsonElement> Singles(JsonElement inputs)
    {
        var fake = Fake(inputs).Numbers();
        var real = inputs.TryGetProperty("real", out var numbers) ? numbers.Numbers() : fake;
        return real.Zip(fake).Select(pair =>
            JsonSerializer.SerializeToElement(new { real = new[] { pair.First }, gen = new[] { pair.Second } }));
    }

    private static JsonElement Inputs(JsonElement vector) => vector.GetProperty("inputs");

    private static double Parameter(JsonElement vector, string name) =>
        vector.GetProperty("params").GetProperty(name).GetDouble();

    private static Tensor Real(JsonElement inputs) => inputs.GetProperty("real").Tensor();

    private static Tensor Fake(JsonElement inputs) => inputs.GetProperty("gen").Tensor();
}
