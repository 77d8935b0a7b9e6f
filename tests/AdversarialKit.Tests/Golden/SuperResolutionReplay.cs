using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal sealed class SuperResolutionReplay : IDisposable
{
    private readonly GoldenRun _run;
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly Sequential _extractor;
    private readonly AdversarialSystem _system;

    public SuperResolutionReplay(ScalarType type)
    {
        _run = new GoldenRun("sys_17_srgan.json", type);
        _generator = GoldenNetwork.Chain(_run.File, "G", type);
        _discriminator = GoldenNetwork.Chain(_run.File, "D", type);
        _extractor = GoldenNetwork.Chain(_run.File, "X", type);
        _system = new AdversarialSystemBuilder()
            .WithNetwork("g", _generator)
            .WithNetwork("d", _discriminator)
            .WithNetwork("x", _extractor)
            .WithTensor("low", 2, 3, 3)
            .WithTensor("high", 2, 6, 6)
            .WithStep("d", step => step
                .Trains(_discriminator).DrawsFrom(_generator)
                .WithOptimizer(_run.Adam("opt_d"))
                .Minimizes(c =>
                {
                    c.Add("real", (1 - c.Forward(_discriminator, c["high"])).relu().mean());
                    c.Add("fake", (1 + c.Forward(_discriminator, c.Forward(_generator, c["low"]))).relu().mean());
                }))
            .WithStep("g", step => step
                .Trains(_generator).Sees(_discriminator).Sees(NetworkMode.Inference, _extractor)
                .WithOptimizer(_run.Adam("opt_g"))
                .Minimizes(Sharpen))
            .Build();
    }

    public void Compare()
    {
        for (var i = 0; i < _run.Iterations; i++)
        {
            var expected = _run.Iteration(i);
            var result = _run.TrainStep(_system, Batch.Of(("low", _run.Data("low", i)), ("high", _run.Data("high", i))));
            _run.Losses(expected, result["d"], ("d_loss_real", "real"), ("d_loss_fake", "fake"), ("d_loss", "loss"));
            _run.GradientNorm(expected, result["d"], "d_grad_norm", "opt_d");
            _run.Losses(expected, result["g"], ("g_loss_content", "content"), ("g_loss_adv", "adversarial"));
            _run.Losses(expected, result["g"], ("g_loss_feature_matching", "feature matching"), ("g_loss", "loss"));
            _run.GradientNorm(expected, result["g"], "g_grad_norm", "opt_g");
            _run.Checksums(expected, ("G", _generator), ("D", _discriminator));
        }

        _run.FirstGradients();
        _run.Final("G", _generator.state_dict());
        _run.Final("D", _discriminator.state_dict());
        _run.Final("X", _extractor.state_dict());
        var images = _system.Infer(() => _generator.call(_run.Data("eval_low")));
        _run.Evaluation("images", images);
        _run.Evaluation("d_out", _system.Infer(() => _discriminator.call(images)));
        _run.Evaluation("extractor_of_images", _system.Infer(() => _extractor.call(images)));
        _run.Evaluation("extractor_of_high", _system.Infer(() => _extractor.call(_run.Data("eval_high"))));
    }

    public void Dispose()
    {
        _system.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _extractor.Dispose();
    }

    private void Sharpen(StepContext c)
    {
        var (high, made) = (c["high"], c.Forward(_generator, c["low"]));
        c.Add("content", (c.Forward(_extractor, made) - c.Forward(_extractor, high)).square().mean(), _run.Number("weight_content"));
        c.Add("adversarial", -c.Forward(_discriminator, made).mean(), _run.Number("weight_adversarial"));
        var gap = Features(c, made).mean([0]) - Features(c, high).mean([0]);
        c.Add("feature matching", gap.square().sum(), _run.Number("weight_feature_matching"));
    }

    // The output of layer "3", after its LeakyReLU.
    private Tensor Features(StepContext c, Tensor images) => c.Run(_discriminator, layers =>
        layers.children().Take(4).Cast<nn.Module<Tensor, Tensor>>().Aggregate(images, (x, layer) => layer.call(x)).flatten(1));
}
