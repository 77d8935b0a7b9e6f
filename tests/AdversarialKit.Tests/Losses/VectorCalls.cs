using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>For each vector of <c>loss_vectors.json</c> on losses and penalties: our call, in its library's convention.</summary>
internal static class VectorCalls
{
    /// <summary>Id of the vector, and what gives its numbers in the order in which it lists them.</summary>
    public static IReadOnlyDictionary<string, Func<JsonElement, double[]>> All { get; } =
        TfGan().Concat(TorchGan()).Concat(Mimicry()).Concat(Derived()).Concat(PenaltyVectorCalls.All())
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
        yield return ("d.ebgan", vector => [LossCase.Of(AdversarialLoss.EnergyBased(Inputs(vector).GetProperty("margin").GetDouble())).Discriminator(Real(Inputs(vector)), Fake(Inputs(vector))).ToDouble()]);
        yield return ("d.pullaway", vector => [AdversarialLoss.PullingAway(Inputs(vector).GetProperty("embeddings").Tensor()).ToDouble()]);
        yield return ("d.began", vector => Equilibrium(Inputs(vector)));
        yield return ("d.bgan", vector => [AdversarialLoss.BoundarySeeking().Generator(logit(Inputs(vector).GetProperty("p").Tensor())).ToDouble()]);

        yield return ("d.softmax_gan", vector => SoftmaxGan(Inputs(vector)));
        yield return ("d.crammer_singer", vector =>
        [
            AdversarialLoss.MultiClassHinge().DiscriminatorReal(
                Inputs(vector).GetProperty("logits").Tensor(), Inputs(vector).GetProperty("labels").Tensor(ScalarType.Int64)).ToDouble(),
        ]);
        yield return ("k.bce.clip", _ =>
        [
            AdversarialLoss.BinaryCrossEntropyOnProbabilities().Generator(zeros(1)).ToDouble(),
            AdversarialLoss.BinaryCrossEntropyOnProbabilities().DiscriminatorFake(ones(1)).ToDouble(),
        ]);
    }

    // The paper's energies are our logits, negated; PyTorch-GAN adds 1e-8 to the partition function.
    private static double[] SoftmaxGan(JsonElement inputs)
    {
        var (real, fake) = (-Real(inputs), -Fake(inputs));
        var added = Math.Log(1 + 1e-8 / (real.exp().sum() + fake.exp().sum()).ToDouble());
        var loss = AdversarialLoss.Softmax();
        return [loss.Discriminator(real, fake).ToDouble() + added, loss.Generator(real, fake).ToDouble() + added];
    }

    // The discriminator's loss, k after the iteration, and the measure of convergence.
    private static double[] Equilibrium(JsonElement inputs)
    {
        double Number(string name) => inputs.GetProperty(name).GetDouble();
        using var loss = AdversarialLoss.BoundaryEquilibrium(Number("gamma"), Number("lambda_k"));
        var state = loss.GetState().ToDictionary();
        state["k"] = tensor(Number("k"), ScalarType.Float64);
        loss.SetState(state);
        var d = loss.DiscriminatorReal(Row.Of(Number("loss_real"))) + loss.DiscriminatorFake(Row.Of(Number("loss_fake")));
        loss.Generator(Row.Of(Number("loss_fake")));
        return [d.ToDouble(), loss.K, loss.Convergence];
    }

    private static Func<JsonElement, double> Discriminator(string loss) => inputs =>
        LossCase.All[loss].Discriminator(Real(inputs), Fake(inputs)).ToDouble();

    private static Func<JsonElement, double> Generator(string loss) => inputs =>
        LossCase.All[loss].Generator(inputs.TryGetProperty("real", out _) ? Real(inputs) : zeros(0), Fake(inputs)).ToDouble();

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
