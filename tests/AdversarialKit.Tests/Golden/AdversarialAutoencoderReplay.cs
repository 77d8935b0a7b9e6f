using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal sealed class AdversarialAutoencoderReplay : IDisposable
{
    private readonly GoldenRun _run;
    private readonly Sequential _encoder;
    private readonly Sequential _decoder;
    private readonly Sequential _discriminator;
    private readonly AdversarialSystem _system;

    public AdversarialAutoencoderReplay(ScalarType type)
    {
        _run = new GoldenRun("sys_15_aae.json", type);
        _encoder = GoldenNetwork.Chain(_run.File, "E", type);
        _decoder = GoldenNetwork.Chain(_run.File, "R", type);
        _discriminator = GoldenNetwork.Chain(_run.File, "D", type);
        _system = new AdversarialSystemBuilder()
            .WithNetwork("e", _encoder)
            .WithNetwork("r", _decoder)
            .WithNetwork("d", _discriminator)
            .WithTensor("real", 36)
            .WithTensor("prior", 4)
            .WithStep("reconstruction", step => step
                .Trains(_encoder, _decoder)
                .WithOptimizer(_run.Adam("opt_rec"))
                .Minimizes(c => c.Add("squared error", (c.Forward(_decoder, c.Forward(_encoder, c["real"])) - c["real"]).square().mean())))
            .WithStep("d", step => step
                .Trains(_discriminator).DrawsFrom(_encoder)
                .WithOptimizer(_run.Adam("opt_d"))
                .Minimizes(c =>
                {
                    var code = c.Forward(_encoder, c["real"]);
                    c.Add("real", nn.functional.softplus(-c.Forward(_discriminator, c["prior"])).mean());
                    c.Add("fake", nn.functional.softplus(c.Forward(_discriminator, code)).mean());
                }))
            .WithStep("regularization", step => step
                .AlsoTrains(_encoder).Sees(_discriminator)
                .WithOptimizer(_run.Adam("opt_reg"))
                .Minimizes(c => c.Add("adversarial", nn.functional.softplus(-c.Forward(_discriminator, c.Forward(_encoder, c["real"]))).mean())))
            .Build();
    }

    public void Compare()
    {
        for (var i = 0; i < _run.Iterations; i++)
        {
            var expected = _run.Iteration(i);
            var result = _run.TrainStep(_system, Batch.Of(("real", _run.Data("real", i)), ("prior", _run.Data("prior", i))));
            _run.Losses(expected, result["reconstruction"], ("rec_loss", "squared error"), ("rec_loss", "loss"));
            _run.GradientNorm(expected, result["reconstruction"], "rec_grad_norm", "opt_rec");
            _run.Losses(expected, result["d"], ("d_loss_real", "real"), ("d_loss_fake", "fake"), ("d_loss", "loss"));
            _run.GradientNorm(expected, result["d"], "d_grad_norm", "opt_d");
            _run.Losses(expected, result["regularization"], ("reg_loss", "adversarial"));
            _run.GradientNorm(expected, result["regularization"], "reg_grad_norm", "opt_reg");
            _run.Checksums(expected, ("E", _encoder), ("R", _decoder), ("D", _discriminator));
        }

        _run.FirstGradients();
        _run.Final("E", _encoder.state_dict());
        _run.Final("R", _decoder.state_dict());
        _run.Final("D", _discriminator.state_dict());
        var codes = _system.Infer(() => _encoder.call(_run.Data("eval_x")));
        _run.Evaluation("codes", codes);
        _run.Evaluation("reconstructions", _system.Infer(() => _decoder.call(codes)));
        _run.Evaluation("images", _system.Infer(() => _decoder.call(_run.Data("eval_z"))));
        _run.Evaluation("d_out", _system.Infer(() => _discriminator.call(codes)));
    }
    public void Dispose()
    {
        _system.Dispose();
        _encoder.Dispose();
        _decoder.Dispose();
        _discriminator.Dispose();
    }
}
