using AdversarialKit.Tests.Golden;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>Trains the recorded networks on a rank's part of the recorded batches and compares every recorded value.</summary>
internal static class TwoRanksReplay
{
    /// <summary>In both types.</summary>
    public static void Compare(string name, ICollective collective)
    {
        Compare(name, ScalarType.Float64, collective);
        Compare(name, ScalarType.Float32, collective);
    }

    /// <param name="name">The recorded system.</param>
    /// <param name="type">In which type.</param>
    /// <param name="collective">The ranks, one or two.</param>
    public static void Compare(string name, ScalarType type, ICollective collective)
    {
        using var scope = NewDisposeScope();
        var run = new GoldenRun(name, type);
        var (generator, discriminator) = (GoldenNetwork.Chain(run.File, "G", type), GoldenNetwork.Chain(run.File, "D", type));
        _ = GanLayer.SynchronizeBatchNorm(generator) + GanLayer.SynchronizeBatchNorm(discriminator);
        var part = run.Data("real", 0).shape[0] / collective.Size;
        var latent = new PartLatent(run.Data("eval_z").shape[1], collective.Rank * part);
        using var gan = Build(run, generator, discriminator, latent, collective);
        for (var i = 0; i < run.Iterations; i++)
        {
            latent.Enqueue(run.Data("z_d", i));
            latent.Enqueue(run.Data("z_g", i));
            var real = new Batch(run.Data("real", i).narrow(0, collective.Rank * part, part).clone());
            Iteration(run, i, gan, real);
            run.Checksums(run.Iteration(i), ("G", generator), ("D", discriminator));
        }

        run.FirstGradients();
        run.Final("G", generator.state_dict());
        run.Final("D", discriminator.state_dict());
        var images = gan.Generate(run.Data("eval_z"));
        run.Evaluation("images", images);
        discriminator.eval();
        run.Evaluation("d_logits", discriminator.call(images));
    }

    private static Gan Build(GoldenRun run, Sequential generator, Sequential discriminator, PartLatent latent, ICollective collective)
    {
        var builder = new GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(latent)
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(discriminator: run.Adam("opt_d"), generator: run.Adam("opt_g"))
            .WithGradientNorms()
            .WithSeed(1)
            .WithCollective(collective);
        return (run.Config.GetProperty("r1_gamma") is { ValueKind: System.Text.Json.JsonValueKind.Number } gamma ? builder.WithPenalty(Penalty.R1(), gamma.GetDouble()) : builder).Build();
    }

    private static void Iteration(GoldenRun run, int index, Gan gan, Batch real)
    {
        var expected = run.Iteration(index);
        var result = gan.TrainStep(real);
        run.Near(result.Discriminator.RealLoss, expected, "d_loss_real", "losses_abs");
        run.Near(result.Discriminator.FakeLoss, expected, "d_loss_fake", "losses_abs");
        run.Near(result.Discriminator.Loss, expected, "d_loss", "losses_abs");
        run.Near(result.Discriminator.GradientNorm, expected, "d_grad_norm", "grad_norms_abs");
        run.Near(result.Generator.Loss, expected, "g_loss", "losses_abs");
        run.Near(result.Generator.GradientNorm, expected, "g_grad_norm", "grad_norms_abs");
    }
}
