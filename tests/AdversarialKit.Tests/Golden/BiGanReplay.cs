using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal sealed class BiGanReplay : IDisposable
{
    private readonly GoldenRun _run;
    private readonly Sequential _generator;
    private readonly Sequential _encoder;
    private readonly Sequential _discriminator;
    private readonly AdversarialSystem _system;

    public BiGanReplay(ScalarType type)
    {
        _run = new GoldenRun("sys_14_bigan.json", type);
        _generator = GoldenNetwork.Chain(_run.File, "G", type);
        _encoder = GoldenNetwork.Chain(_run.File, "E", type);
        _discriminator = GoldenNetwork.Chain(_run.File, "D", type);
        _system = new AdversarialSystemBuilder()
            .WithNetwork("g", _generator)
            .WithNetwork("e", _encoder)
            .WithNetwork("d", _discriminator)
            .WithTensor("real", 36)
            .WithTensor("z-d", 6)
            .WithTensor("z-eg", 6)
            .WithStep("d", step => step
                .Trains(_discriminator).DrawsFrom(_encoder, _generator)
                .WithOptimizer(_run.Adam("opt_d"))
                .Minimizes(c =>
                {
                    var (code, fake) = (c.Forward(_encoder, c["real"]), c.Forward(_generator, c["z-d"]));
                    c.Add("real", nn.functional.softplus(-Judge(c, c["real"], code)).mean());
                    c.Add("fake", nn.functional.softplus(Judge(c, fake, c["z-d"])).mean());
                }))
            .WithStep("eg", step => step
                .Trains(_encoder, _generator).Sees(_discriminator)
                .WithOptimizer(_run.Adam("opt_eg"))
                .Minimizes(c =>
                {
                    c.Add("encoder", nn.functional.softplus(Judge(c, c["real"], c.Forward(_encoder, c["real"]))).mean());
                    c.Add("generator", nn.functional.softplus(-Judge(c, c.Forward(_generator, c["z-eg"]), c["z-eg"])).mean());
                }))
            .Build();
    }

    public void Compare()
    {
        for (var i = 0; i < _run.Iterations; i++)
        {
            var expected = _run.Iteration(i);
            var result = _run.TrainStep(_system, Batch.Of(("real", _run.Data("real", i)), ("z-d", _run.Data("z_d", i)), ("z-eg", _run.Data("z_eg", i))));
            _run.Losses(expected, result["d"], ("d_loss_real", "real"), ("d_loss_fake", "fake"), ("d_loss", "loss"));
            _run.GradientNorm(expected, result["d"], "d_grad_norm", "opt_d");
            _run.Losses(expected, result["eg"], ("e_loss", "encoder"), ("g_loss", "generator"), ("eg_loss", "loss"));
            _run.GradientNorm(expected, result["eg"], "eg_grad_norm", "opt_eg");
            _run.Checksums(expected, ("G", _generator), ("E", _encoder), ("D", _discriminator));
        }

        _run.FirstGradients();
        _run.Final("G", _generator.state_dict());
        _run.Final("E", _encoder.state_dict());
        _run.Final("D", _discriminator.state_dict());
        var codes = _system.Infer(() => _encoder.call(_run.Data("eval_x")));
        var images = _system.Infer(() => _generator.call(_run.Data("eval_z")));
        _run.Evaluation("codes", codes);
        _run.Evaluation("reconstructions", _system.Infer(() => _generator.call(codes)));
        _run.Evaluation("images", images);
        _run.Evaluation("d_real", _system.Infer(() => _discriminator.call(cat([_run.Data("eval_x"), codes], 1))));
        _run.Evaluation("d_fake", _system.Infer(() => _discriminator.call(cat([images, _run.Data("eval_z")], 1))));
    }

    public void Dispose()
    {
        _system.Dispose();
        _generator.Dispose();
        _encoder.Dispose();
        _discriminator.Dispose();
    }

    private Tensor Judge(StepContext c, Tensor sample, Tensor code) => c.Forward(_discriminator, cat([sample, code], 1));
}
